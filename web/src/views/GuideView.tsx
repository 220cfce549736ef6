import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { searchAddress, worktableAddress } from '../app/addresses';
import { ViewFrame } from '../components/ViewFrame';

interface Step {
  heading: string;
  text: string;
  to: string;
  link: string;
}

const GUIDE: Record<'zh' | 'en', { eyebrow: string; steps: readonly Step[] }> = {
  zh: {
    eyebrow: '写给第一次看部门决算的人，三分钟',
    steps: [
      { heading: '决算是什么', text: '预算是年初打算花的钱，决算是年末实际花了的钱。每个部门每年公开一份：先是部门职责，再是九张表，然后是文字说明、项目绩效和名词解释。数字一般以万元计。', to: '/', link: '有哪些部门' },
      { heading: '先看总数', text: '收入支出决算总表左边是收入、右边是支出，各有“本年合计”与“总计”。总计还包括上年结转来的和结转到下年的，所以两边的总计相等，本年合计却可以不等。', to: '/explore/flow', link: '收支流向' },
      { heading: '钱花在哪里：科目', text: '功能分类回答“办什么事”，分类、款、项三级，如 201 一般公共服务支出；经济分类回答“买什么”，如工资、办公费、设备。下级相加应等于上级。', to: '/explore/treemap', link: '科目构成' },
      { heading: '基本支出与项目支出', text: '基本支出养人和维持运转；项目支出办专门的事，各有绩效目标。看项目时，把花了多少、目标是什么、做到没有、给自己打了几分放在一起看。', to: worktableAddress('projects'), link: '全部项目' },
      { heading: '“三公”经费', text: '因公出国（境）、公务用车、公务接待三项。公务用车又分购置与运行维护。看它与预算数之比、与上年之比。', to: worktableAddress('departments', { sort: '-threePublic' }), link: '各部门“三公”经费' },
      { heading: '空白、0 与“—”', text: '空白是没有填，0 是填了零，“—”在这里表示没有公开这个数。三者不同：没有公开不等于没有花。', to: searchAddress('三公'), link: '检索' },
      { heading: '公开数与计算数', text: '公开数是文件上印的，计算数是把下级相加得到的。两者不等时，先看是否只是四舍五入；超出的列为核查发现，两处原文并排可查。', to: worktableAddress('findings'), link: '核查发现' },
      { heading: '年度不相加', text: '各年度是一列，不是一个总和：没有指定年度时，合计只是有数据的最近一年，并写明是哪一年。覆盖“1 / 2”表示两个部门里只有一个有这项数据。', to: '/explore/compare?rows=DEPARTMENT&columns=FISCAL_YEAR', link: '按年度对比' },
    ],
  },
  en: {
    eyebrow: 'For who reads departmental final accounts for the first time; three minutes',
    steps: [
      { heading: 'What final accounts are', text: 'A budget is what a department means to spend; final accounts are what it spent. Each publishes one a year: its duties, nine tables, an explanation in words, the performance of its projects, and terms. Amounts are mostly in 10,000 yuan.', to: '/', link: 'Which departments' },
      { heading: 'Totals first', text: 'The first table has revenue on the left and expenditure on the right, each with a total of the year and a grand total. The grand total holds what was carried over from the year before and into the next: the two grand totals are equal, the totals of the year need not be.', to: '/explore/flow', link: 'Flow' },
      { heading: 'What it is for: subjects', text: 'The functional classification says for what, in three levels such as 201 general public services; the economic one says what was bought: wages, office costs, equipment. What lies below adds up to what stands above.', to: '/explore/treemap', link: 'Subjects' },
      { heading: 'Basic and project expenditure', text: 'Basic expenditure pays people and keeps the house running; projects do one thing each and have targets. Look at cost, target, outcome and the score that a project gave itself together.', to: worktableAddress('projects'), link: 'All projects' },
      { heading: 'The three public expenses', text: 'Travel abroad, official vehicles (bought and run) and hospitality: against their budget, and against the year before.', to: worktableAddress('departments', { sort: '-threePublic' }), link: 'By department' },
      { heading: 'Blank, 0 and “—”', text: 'A blank was not filled in, 0 was filled in as zero, and “—” means here that no such number is published. Not published is not the same as not spent.', to: searchAddress('三公'), link: 'Search' },
      { heading: 'Reported and derived', text: 'Reported is what the document prints, derived is what its parts add up to. Where they differ by more than rounding, it is a finding, with both places side by side.', to: worktableAddress('findings'), link: 'Findings' },
      { heading: 'Years are not added up', text: 'Years are a series, never a sum: where no year is chosen, a total is of the latest that has figures, and says which. Coverage 1 / 2 means that one of two departments has the figure.', to: '/explore/compare?rows=DEPARTMENT&columns=FISCAL_YEAR', link: 'Compare years' },
    ],
  },
};

/** 怎么看决算: how final accounts are read, a step at a time, each with where to see it here. */
export function GuideView() {
  const { t, i18n } = useTranslation();
  const { eyebrow, steps } = GUIDE[i18n.language === 'en' ? 'en' : 'zh'];
  return (
    <ViewFrame title={t('guide.title')} eyebrow={eyebrow}>
      <ol className="guide">
        {steps.map(({ heading, text, to, link }) => (
          <li key={heading}>
            <h2>{heading}</h2>
            <p>
              {text} <Link to={to}>{link}</Link>
            </p>
          </li>
        ))}
      </ol>
    </ViewFrame>
  );
}
