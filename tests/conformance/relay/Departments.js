// What a Relay application asks: a page that goes on, a fragment that asks for itself again, a node by its id.
import { graphql } from "relay-runtime";

export const divisionDepartments = graphql`
  fragment Departments_division on Division
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "Cursor" })
  @refetchable(queryName: "DepartmentsPaginationQuery") {
    departments(first: $count, after: $cursor) @connection(key: "Departments_departments") {
      edges {
        node {
          id
          ...Departments_department
        }
      }
    }
  }
`;

export const department = graphql`
  fragment Departments_department on Department
  @argumentDefinitions(year: { type: "Int" })
  @refetchable(queryName: "DepartmentsRefetchQuery") {
    name
    code
    rollup(measure: EXPENDITURE, fiscalYear: $year) {
      derived {
        amount
      }
      coverage {
        complete
      }
    }
  }
`;

export const query = graphql`
  query DepartmentsQuery($id: ID!, $by: DepartmentBy!) {
    node(id: $id) {
      __typename
      ... on Division {
        ...Departments_division
      }
      ... on TreeNode {
        childNodes(first: 5) {
          totalCount
          nodes {
            id
            name
          }
        }
      }
    }
    department(by: $by) {
      ...Departments_department
    }
    subjects(first: 10, level: CATEGORY) @connection(key: "Departments_subjects") {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`;
