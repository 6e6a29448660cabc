//! What the ledger knows and the exported lists have no place for: a list says what is so on a day, the ledger how it came about.

use law::{Label, id::Uscc};

use super::{Sheet, export::ExportOrder};
use crate::{
    domain::item,
    index::{Index, ItemFilter, OfficerFilter},
};

/// Facts on record that a list has no place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What they are.
    pub label: Label,
    /// How many.
    pub count: usize,
}

const YEARLY: Label = Label::new("年度评估", "yearly reviews");

/// Counts what a list leaves out; of what there is none, nothing is told.
pub(super) fn of(index: &Index, order: &ExportOrder) -> Vec<LeftOut> {
    let found = match order.sheet {
        Sheet::Regions => Vec::new(),
        Sheet::Parameters => {
            let shown = super::export::parameters(index, order.day).count();
            let label = Label::new("已被替换或者尚未生效的参数值", "values that were replaced or are still to come");
            vec![(label, index.parameters().count() - shown)]
        }
        Sheet::Agencies => agencies(index, order),
        Sheet::Officers => officers(index, order),
        Sheet::Offices => {
            let wanted = |agency: &Uscc| order.agency.as_ref().is_none_or(|a| a == agency);
            let offices = index.officers.values().flat_map(|s| &s.offices);
            let others = offices.filter(|o| wanted(&o.given.agency) && !o.on(order.day)).count();
            vec![(Label::new("当日不担任的职务", "offices not held on the day"), others)]
        }
        Sheet::Items => items(index, order),
        Sheet::Standards => standards(index, order),
        Sheet::Fees => {
            let all = states(index, order).map(|state| (state.fees.len(), state.fees(order.day).len()));
            let (all, shown) = all.fold((0, 0), |(a, b), (x, y)| (a + x, b + y));
            let dated = Label::new("收费项目的施行日期", "first days of charges");
            vec![
                (Label::new("以前或者尚未施行的收费", "charges of before, or still to come"), all - shown),
                (dated, shown),
            ]
        }
        Sheet::Listing(list) => {
            let wanted = |agency: &Uscc| order.agency.as_ref().is_none_or(|a| a == agency);
            let rows = index.listings.iter().filter(|(id, _)| id.list == list && wanted(&id.agency));
            let (mut all, mut shown, mut reviews) = (0, 0, 0);
            for (_, state) in rows {
                all += state.versions.len();
                shown += usize::from(state.in_force(order.day).is_some());
                reviews += state.yearly.len();
            }
            let dated = Label::new("各行的公布文件和施行日期", "documents and first days of rows");
            let others = Label::new("当日没有施行的版本", "versions that are not in force on the day");
            vec![(others, all.saturating_sub(shown)), (dated, shown), (YEARLY, reviews)]
        }
        Sheet::PlanTasks => {
            let tasks = index.plans.values().flat_map(|plan| plan.tasks());
            vec![(
                Label::new("任务进展和完成情况", "reports on tasks, and their completion"),
                tasks.map(|t| t.reports).sum(),
            )]
        }
    };
    found.into_iter().filter(|(_, count)| *count > 0).map(|(label, count)| LeftOut { label, count }).collect()
}

type Counted = (Label, usize);

fn agencies(index: &Index, order: &ExportOrder) -> Vec<Counted> {
    let facts = index.agencies.values().filter_map(|s| s.fact());
    let wanted = facts.filter(|a| order.agency.as_ref().is_none_or(|only| *only == a.agency));
    let gone = wanted.filter(|a| !a.exists_on(order.day)).count();
    vec![(Label::new("当日不存在的主体及其注销", "bodies that do not exist on the day, and their dissolution"), gone)]
}

fn officers(index: &Index, order: &ExportOrder) -> Vec<Counted> {
    let filter = OfficerFilter { agency: order.agency.clone(), ..OfficerFilter::default() };
    let (mut trainings, mut certificates, mut examinations) = (0, 0, 0);
    for (_, state) in index.officers_on(order.day, &filter) {
        trainings += state.trainings.len();
        let shown = super::export::certificate(state, order.day).map_or(0, |_| 1);
        certificates += state.certificates.len() - shown;
        examinations += state.examinations.len().saturating_sub(usize::from(order.staff));
    }
    vec![
        (Label::new("培训记录", "records of training"), trainings),
        (
            Label::new("以前的、被吊销的或者尚未生效的执法证", "certificates of before, withdrawn or still to come"),
            certificates,
        ),
        (Label::new("未列出的考试", "examinations that are not shown"), examinations),
    ]
}

/// The items of an order, whether in force on its day or not.
fn states<'a>(index: &'a Index, order: &'a ExportOrder) -> impl Iterator<Item = &'a item::State> {
    let wanted = |state: &&item::State| {
        let content = state.newest();
        content.is_some_and(|c| {
            order.agency.as_ref().is_none_or(|a| *a == c.agency) && order.kind.is_none_or(|kind| kind == c.kind)
        })
    };
    index.items.values().map(|state| &**state).filter(wanted)
}

fn items(index: &Index, order: &ExportOrder) -> Vec<Counted> {
    let filter = ItemFilter { agency: order.agency.clone(), kind: order.kind, ..ItemFilter::default() };
    let shown = index.items_on(order.day, &filter).count();
    let count = |of: fn(&item::State) -> usize| states(index, order).map(of).sum::<usize>();
    vec![
        (
            Label::new("当日没有施行的版本", "versions that are not in force on the day"),
            count(|s| s.versions.len()).saturating_sub(shown),
        ),
        (
            Label::new(
                "事项的调整理由、审核人、施行日期和公布位置",
                "grounds, reviewers, first days and places of publication of items",
            ),
            shown,
        ),
        (Label::new("待办的草案", "pending drafts"), count(|s| usize::from(s.draft.is_some()))),
        (Label::new("取消", "cancellations"), count(|s| s.cancellations.len())),
        (YEARLY, count(|s| s.yearly.len())),
        (
            Label::new("应当调整的情形及其处理", "grounds to adjust that were noted, and their answers"),
            count(|s| s.grounds.len()),
        ),
    ]
}

fn standards(index: &Index, order: &ExportOrder) -> Vec<Counted> {
    let all: usize = states(index, order).map(|state| state.standards.len()).sum();
    let filter = ItemFilter { agency: order.agency.clone(), kind: order.kind, ..ItemFilter::default() };
    let shown = index.items_on(order.day, &filter).filter(|(_, _, state)| state.standard(order.day).is_some()).count();
    vec![
        (Label::new("以前或者尚未施行的裁量基准", "standards of before, or still to come"), all.saturating_sub(shown)),
        (Label::new("裁量基准的文件和施行日期", "documents and first days of standards"), shown),
    ]
}
