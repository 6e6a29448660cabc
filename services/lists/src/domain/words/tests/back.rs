//! What is written reads back.

use crate::domain::{
    facts::{Outcome, PenaltyKind},
    words::{read, write},
};

/// Draws one of several, over and over in the same order.
struct Draw(u64);

impl Draw {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const PENALTIES: [&str; 36] = [
    "警告|",
    "通报批评|",
    "罚款||",
    "罚款|5000元|",
    "罚款|0-5000.5元|",
    "罚款|50000-100000元|",
    "罚款|货值金额10-20倍|",
    "罚款|货值金额0.5-3倍|",
    "罚款|违法所得0-1倍|不足部分按100000元计；",
    "罚款|合同价款5-10%|",
    "罚款|广告费用0.5-5‰|",
    "罚款|单位罚款数额5%|",
    "罚款|面积每平方米100-300元|",
    "罚款|劳动者人数每人500-2000元|最高100000元；",
    "罚款|按日原处罚数额1000‰|",
    "罚款|按日罚款数额30‰|最高罚款数额1倍；",
    "罚款|1000-2000元|最低500元；最高3000元；",
    "没收违法所得|",
    "没收违法所得“没收违法收入”|",
    "没收非法财物|",
    "没收非法财物“没收违法生产的食品、食品添加剂”|",
    "暂扣许可证件|3-6个月|",
    "暂扣许可证件“暂扣驾驶证”|1个月|",
    "降低资质等级|",
    "吊销许可证件|",
    "吊销许可证件“吊销营业执照”|",
    "限制开展生产经营活动|",
    "责令停产停业|3-6个月|",
    "责令停产停业“责令停业整顿”|",
    "责令关闭|",
    "限制从业“不得从事检验工作”|5年|",
    "限制从业|终身|",
    "限制从业“禁止从事检验工作”|10年至终身|",
    "行政拘留|5-15日|",
    "其他行政处罚“取消资格”|1-3年|",
    "其他行政处罚“某种“特别”的处罚”|",
];
const WHO: [&str; 6] = [
    "",
    "",
    "对单位；",
    "对个人；",
    "对直接负责的主管人员、其他直接责任人员；",
    "对法定代表人、主要负责人、直接负责的主管人员；",
];
const WHEN: [&str; 16] = [
    "",
    "",
    "货值金额<10000元；",
    "货值金额≥10000元；",
    "1000≤面积<5000平方米；",
    "100<噪声≤120分贝；",
    "违法所得>0元；",
    "没有违法所得；",
    "违法所得无法计算；",
    "没有违法所得或者无法计算；",
    "情节=严重；",
    "情节≠特别严重；后果=严重后果；",
    "改正=逾期不改正；",
    "事故等级=较大；情节=严重；",
    "天气=大雾；",
    "广告费用=明显偏低；",
];
const REST: [&str; 8] = [
    "",
    "",
    "",
    "由公安机关决定；",
    "由原发证机关决定；",
    "须经有批准权的人民政府批准；",
    "隐匿、伪造、毁灭有关证据；",
    "有许可证的，从其规定；",
];

fn line(draw: &mut Draw) -> Outcome {
    let cell = format!(
        "{}{}{}{}{}",
        draw.of(&PENALTIES),
        draw.of(&WHO),
        draw.of(&WHEN),
        draw.of(&["应当；", "可以；", "应当；", ""]),
        draw.of(&REST)
    );
    Outcome::read(cell.trim_end_matches('；')).unwrap_or_else(|e| panic!("{cell}: {}", e.zh))
}

#[test]
fn lines_that_are_written_read_back_as_they_were() {
    let mut draw = Draw(1);
    let mut in_words = 0;
    for _ in 0..200 {
        let count = 1 + draw.below(4);
        let mut lines: Vec<Outcome> = (0..count).map(|_| line(&mut draw)).collect();
        if draw.below(3) == 0 {
            // One of two, which differ in the penalty only.
            let mut other = line(&mut draw);
            other = Outcome { kind: other.kind, range: other.range, called: other.called, ..lines[0].clone() };
            (other.floor, other.cap, other.deemed_fen) = (None, None, None);
            (lines[0].instead, other.instead) = (Some(1), Some(1));
            lines.insert(1, other);
        }
        let text = write(&lines);
        assert_eq!(read(&text).lines, lines, "{text}");
        in_words += usize::from(!text.contains('〔'));
    }
    // Lines without 应当 or 可以 have no words of the law, nor have most that speak of each other.
    assert!(in_words > 60, "{in_words}");
}

#[test]
fn lines_are_worded_as_the_law_words_them() {
    let cells = [
        "罚款|50000-100000元|货值金额<10000元；应当",
        "罚款|货值金额10-20倍|货值金额≥10000元；应当",
        "吊销许可证件“吊销营业执照”|情节=严重；可以；由原发证机关决定",
        "行政拘留|5-15日|对直接负责的主管人员、其他直接责任人员；情节=严重；可以；由公安机关决定",
    ];
    let lines: Vec<Outcome> = cells.iter().map(|cell| Outcome::read(cell).unwrap()).collect();
    let words = concat!(
        "货值金额不足1万元的，处5万元以上10万元以下罚款。货值金额1万元以上的，处货值金额10倍以上20倍以下罚款。",
        "情节严重的，由原发证机关决定可以吊销营业执照。",
        "情节严重的，由公安机关决定对直接负责的主管人员、其他直接责任人员可以处5日以上15日以下行政拘留。",
    );
    assert_eq!(write(&lines), words);
    assert_eq!(read(words).lines, lines);
}

#[test]
fn a_line_that_no_law_words_stands_as_its_cell() {
    let line = Outcome::of(PenaltyKind::Warning, None);
    assert_eq!(write(std::slice::from_ref(&line)), "〔警告〕。");
    assert_eq!(read("〔警告〕。").lines, [line]);
}
