use std::sync::Arc;

use super::*;
use crate::domain::statute;

/// Publishes the item with this line, its article saying this.
fn under(article: &str, line: &str) -> law::decider::harness::When<Item> {
    let mut text = statute::fixture::text("2021-04-29", 122);
    text.title = basis(NormLevel::Law).statute;
    article.clone_into(&mut text.articles[121].paragraphs[0].text);
    let state = statute::fixture::state(&statute::fixture::recorded(&text));
    let mut content = content();
    content.outcomes = vec![Outcome::read(line).unwrap()];
    let mut command = publish(1, "2026-03-20");
    command.facts.statutes = [(statute::key(&text.title), Arc::new(state))].into();
    ready(content).when(&on(), &command)
}

const ARTICLE: &str = "违反本法规定，无证经营的，没收违法所得；货值金额不足一万元的，并处五万元以上十万元以下罚款；货值金额一万元以上的，并处货值金额十倍以上二十倍以下罚款。";

#[test]
fn a_range_as_the_article_has_it_is_no_wider() {
    for line in ["罚款|50000-100000元|货值金额<10000元", "罚款|60000-70000元", "罚款|货值金额10-20倍", "没收违法所得"]
    {
        under(ARTICLE, line).satisfies("PL-WIDER");
    }
}

#[test]
fn finds_a_range_above_the_articles_figures() {
    under(ARTICLE, "罚款|50000-100000.01元").violates("PL-WIDER");
    under(ARTICLE, "罚款|货值金额10-30倍").violates("PL-WIDER");
}

#[test]
fn finds_a_range_below_the_articles_figures() {
    under(ARTICLE, "罚款|49999-100000元").violates("PL-WIDER");
}

#[test]
fn an_article_without_figures_says_nothing() {
    under("违反本法规定的，依照有关规定处理。", "罚款|50000-100000元").satisfies("PL-WIDER");
    // Another measure is not compared.
    under(ARTICLE, "罚款|广告费用1-3倍").satisfies("PL-WIDER");
}

#[test]
fn what_the_article_gives_to_the_unit_is_no_measure_of_the_person() {
    let both = "违反本法规定的，对单位处五万元以上十万元以下罚款，对其直接负责的主管人员和其他直接责任人员处一万元以上二万元以下罚款。";
    let persons = "对直接负责的主管人员、其他直接责任人员";
    under(both, &format!("罚款|10000-20000元|{persons}")).satisfies("PL-WIDER");
    under(both, &format!("罚款|50000-100000元|{persons}")).violates("PL-WIDER");
    under(both, "罚款|50000-100000元|对单位").satisfies("PL-WIDER");
}
