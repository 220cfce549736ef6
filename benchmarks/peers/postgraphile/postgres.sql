-- Totals for PostGraphile: computed columns and functions, as its documentation advises.
create function units_executed(unit units) returns bigint language sql stable as $$
  select coalesce(sum(executed), 0)::bigint from projects where projects.unit = unit.id
$$;
create function subjects_spent(subject subjects, department text, year int) returns bigint language sql stable as $$
  select coalesce(sum(fen), 0)::bigint from spent
  where spent.department = $2 and fiscal_year = $3 and spent.code >= subject.code and spent.code < subject.code || 'a'
$$;
create view category_totals as
  select subjects.code, subjects.name, fiscal_year, sum(fen)::bigint as fen
  from spent join subjects on subjects.code = substr(spent.code, 1, 3)
  group by subjects.code, subjects.name, fiscal_year;
create function grand_total() returns bigint language sql stable as $$ select sum(fen)::bigint from spent $$;
create function search_projects(words text) returns setof projects language sql stable as $$
  select * from projects where name like '%' || words || '%' order by rank
$$;
create index spent_tree on spent (department, fiscal_year, code) include (fen);
analyze;
