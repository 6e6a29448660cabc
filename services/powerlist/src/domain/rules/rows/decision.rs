//! Major decisions of the year.

use law::{Citation, check::fault, citation::MAD};

use super::Outcome;
use crate::domain::listing::{
    RowContent, Value,
    part::{self, DecisionStep, PartSpec},
};

law::card! {
    /// A major decision is planned with the steps that the law wants. 1. The government that decides, with the body in charge. 2. The steps planned
    /// with those that are owed: legality review and collective discussion always, participation unless withheld by law, experts where it is
    /// technical, risk assessment where it may do harm. 3. The regulations in force on the day of the act. 4. 依法不予公开 (MAD 14(1)), and what is
    /// neither technical nor harmful (MAD 19, 22), entered in columns of their own. 5. What is not said to be technical, harmful or withheld is
    /// taken as neither: MAD 19 and 22 ask for more only where it is. 6. Leaving the columns empty is a statement that everybody reads; a step
    /// planned and not taken is the decision's, not the list's. 7. Refused when handled, recorded when reported. 8. MAD 14, 19, 22, 25, 30; the list
    /// itself MAD 3(3).
    PL_DECISION "PL-DECISION" Gate "重大行政决策程序" "steps of a major decision"; Citation::paragraph(&MAD, 3, 3), Citation::article(&MAD, 14), Citation::article(&MAD, 19),
        Citation::article(&MAD, 22), Citation::article(&MAD, 25), Citation::article(&MAD, 30);
    "列入年度目录的重大行政决策须安排合法性审查和集体讨论决定；除依法不予公开的外须安排公众参与，专业性、技术性较强的须安排专家论证，可能造成不利影响的须安排风险评估";
    "a major decision of the year is planned with legality review and collective discussion, with participation unless withheld by law, with experts where technical, with a risk assessment where it may do harm";
    plans "XS 四2" "FY 15" "BT 13"; compares "拟履行程序与应当履行的程序" "the steps planned with those owed";
    except "依法不予公开的决策事项" "decisions withheld by law"; since 2019 9 1;
    allows a_decision_is_planned_with_every_step, a_withheld_decision_needs_no_participation, a_plain_decision_needs_neither_experts_nor_risk;
    refuses a_decision_is_planned_with_every_step
}

/// Whether the steps planned are those that are owed.
pub fn pl_decision(row: &RowContent) -> Outcome {
    // Without any step PL-ROW speaks.
    let Some(planned) = row.said(&part::STEPS).and_then(Value::texts) else { return Ok(()) };
    let yes = |spec: &PartSpec| row.said(spec).is_some_and(Value::is_yes);
    let owed = [
        (!yes(&part::WITHHELD), DecisionStep::Participation, "第十四条"),
        (yes(&part::TECHNICAL), DecisionStep::Experts, "第十九条"),
        (yes(&part::RISKY), DecisionStep::Risk, "第二十二条"),
        (true, DecisionStep::LegalReview, "第二十五条"),
        (true, DecisionStep::Collective, "第三十条"),
    ];
    let missing: Vec<_> = owed
        .into_iter()
        .filter(|(owed, step, _)| *owed && !planned.iter().any(|planned| planned == step.id()))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let zh =
        missing.iter().map(|(_, step, article)| format!("{}（{article}）", step.zh())).collect::<Vec<_>>().join("、");
    let en = missing.iter().map(|(_, step, _)| step.en()).collect::<Vec<_>>().join(", ");
    fault(format!("没有安排{zh}；请补入拟履行程序"), format!("the plan lacks: {en}; add it to the steps"))
}
