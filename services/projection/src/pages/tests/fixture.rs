//! Fixed data for the tests of the pages and for their preview. Parties, officers and numbers are invented.

use std::{collections::BTreeSet, sync::Arc};

use jiff::{Timestamp, civil::Date};
use kernel::{Caller, Role};
use law::{
    citation::{ACL, APL, Citation, TSI},
    period::{DayUnit, Remaining},
    rule::{Kind, Param, Rule, Tests},
};

use super::{
    model::*,
    pages::{Answer, Ask, PageState},
    query::QueryError,
};

/// A party whose name would be markup, were it not escaped.
pub(crate) const HOSTILE: &str = "<script>alert('x')</script>\"&抚远市某商店";
/// The case that has everything.
pub(crate) const CASE: &str = "01990000-0000-7000-8000-000000000001";
/// A case whose decision stands on the web.
pub(crate) const PUBLIC_CASE: &str = "01990000-0000-7000-8000-000000000002";
/// The agency of these cases.
pub(crate) const AGENCY: &str = "11230883MB01310199";
/// The power item of these cases.
pub(crate) const ITEM: &str = "021310001000-230883-131";

const fn day(y: i16, m: i8, d: i8) -> Date {
    Date::constant(y, m, d)
}

macro_rules! rule {
    ($name:ident $id:literal $kind:ident [$($c:expr),*] $zh:literal $en:literal [$($plan:literal),*] [$($p:expr),*]) => {
        static $name: Rule = Rule {
            id: $id, kind: Kind::$kind, citations: &[$($c),*], zh: $zh, en: $en, plans: &[$($plan),*], params: &[$($p),*],
            since: day(2021, 7, 15), until: None,
            tests: Tests { allows: &["decides_after_a_passed_legal_review"], refuses: &["refuses_a_penalty_without_legal_review"] },
        };
    };
}

rule!(PL_STANDARD "PL-STANDARD" Duty [Citation::article(&APL, 34)] "行政处罚事项应当有裁量基准，并向社会公布" "a penalty item has a discretion standard, and it is published" ["FY 21", "BT 27", "XS 五", "SB 五"] []);
rule!(OF_CERT "OF-CERT" Gate [Citation::article(&APL, 42), Citation::article(&ACL, 17)] "执法的人当日持有本机关、本领域的有效执法证" "who acts holds a certificate valid that day, of that agency, for that field" ["FY 24", "TA 16"] []);
rule!(EN_POWER "EN-POWER" Gate [Citation::article(&APL, 17)] "立案应当引用本机关当日有效的权力事项" "a case cites a power item of that agency in force that day" ["FY 19", "TA 1"] []);
rule!(EN_NOTICE "EN-NOTICE" Gate [Citation::article(&APL, 44), Citation::article(&APL, 62)] "决定之前告知拟作出的处罚内容、事实、理由、依据和权利" "before a decision, its content, facts, reasons, basis and the rights are told" ["XS 五"] []);
rule!(EN_REVIEW "EN-REVIEW" Gate [Citation::paragraph(&APL, 58, 1), Citation::whole(&TSI)] "重大处罚决定未经法制审核或者审核未通过的，不得作出" "a major decision is made only after a passed legal review" ["FY 21", "TA 19", "BT 26"] []);
rule!(EN_NINETY "EN-NINETY" Deadline [Citation::article(&APL, 60)] "自立案之日起九十日内作出处罚决定" "a penalty is decided within ninety days of filing" [] [Param { name: "days_max", value: 90, unit: "days" }]);
rule!(EN_SERVE "EN-SERVE" Deadline [Citation::article(&APL, 61)] "决定书当场交付，或者在七个工作日内送达" "the decision is handed over at once, or served within seven working days" ["XS 五"] [Param { name: "working_days_max", value: 7, unit: "working days" }]);
rule!(EN_PUBLICISE "EN-PUBLICISE" Deadline [Citation::article(&APL, 48), Citation::whole(&TSI)] "处罚决定在七个工作日内公示" "a penalty decision is published within seven working days" ["FY 22"] []);
rule!(EN_RANGE "EN-RANGE" Limit [Citation::article(&APL, 34)] "处罚在当日有效裁量基准的阶次之内" "the outcome lies in the tier of the standard in force" ["FY 21", "BT 27"] []);

/// The cards.
pub(crate) static RULES: &[&Rule] =
    &[&PL_STANDARD, &OF_CERT, &EN_POWER, &EN_NOTICE, &EN_REVIEW, &EN_NINETY, &EN_SERVE, &EN_PUBLICISE, &EN_RANGE];

fn at(text: &str) -> Timestamp {
    format!("{text}:00+08:00").parse().expect("a fixed time")
}

fn text(zh: &str, en: &str) -> Text {
    Text::new(zh.to_owned(), en.to_owned())
}

/// What a fixture answers: the same for every reader, but for what a scope may not see.
#[derive(Default)]
pub(crate) struct Fixture {
    /// Answers as an empty installation.
    pub(crate) empty: bool,
    /// Answers every question with a failure.
    pub(crate) broken: bool,
}

/// A state with three tokens: `supervisor`, `officer`, `operator`.
pub(crate) fn state(fixture: Fixture) -> PageState {
    PageState {
        queries: Arc::new(fixture),
        authenticate: Arc::new(|token| caller(token)),
        home: "230883".parse().expect("a region"),
        rules: RULES.to_vec(),
        digests: Some(Arc::new(|| {
            Box::pin(async {
                Ok([("case", "9f"), ("deadline", "3c"), ("finding", "e0"), ("item", "71")]
                    .into_iter()
                    .map(|(view, byte)| (view.to_owned(), byte.repeat(32)))
                    .collect())
            })
        })),
        demo_banner: Some(Text::label(
            "演示数据：当事人、执法人员和案件均为虚构；权力事项摘自现行法律。",
            "Demonstration data: parties, officers and cases are invented; the power items are drawn from real statutes.",
        )),
        secure: false,
    }
}

/// The caller of a token.
pub(crate) fn caller(token: &str) -> Option<Caller> {
    let (role, name, agency) = match token {
        "supervisor" => (Role::Supervisor, "赵监督", false),
        "auditor" => (Role::Auditor, "钱审计", false),
        "officer" => (Role::Officer, "孙执法", true),
        "operator" => (Role::Operator, "周运维", false),
        _ => return None,
    };
    Some(Caller {
        subject: format!("230883-{token}"),
        name: name.into(),
        agency: agency.then(|| AGENCY.parse().expect("an agency")),
        region: "230883".parse().expect("a region"),
        roles: BTreeSet::from([role]),
    })
}

const AGENCIES: [(&str, &str, &str); 8] = [
    (AGENCY, "抚远市市场监督管理局", "市监局"),
    ("11230883MB01310201", "抚远市农业农村局", "农业局"),
    ("11230883MB01310202", "佳木斯市抚远生态环境局", "生态局"),
    ("11230883MB01310203", "抚远市应急管理局", "应急局"),
    ("11230883MB01310204", "抚远市交通运输局", "交通局"),
    ("11230883MB01310205", "抚远市人力资源和社会保障局", "人社局"),
    ("11230883MB01310206", "抚远市文化广电和旅游局", "文旅局"),
    ("11230883MB01310207", "抚远市住房和城乡建设局", "住建局"),
];
const ITEMS: [&str; 4] = [
    "对未取得食品生产经营许可从事食品生产经营活动的处罚",
    "对食品经营者未按规定建立并遵守进货查验记录制度的处罚",
    "对生产经营单位未按照规定对从业人员进行安全生产教育和培训，或者未如实记录教育和培训情况的处罚",
    "对使用未经检定的计量器具的处罚",
];

fn page<T>(rows: Vec<T>, total: u64) -> Page<T> {
    Page { rows, total, capped: false, page: 1, size: PAGE_SIZE }
}

fn indicators() -> Vec<Indicator> {
    let make = |(i, id): (usize, &IndicatorId)| {
        let (numerator, denominator) = [
            (812, 812),
            (41, 43),
            (688, 702),
            (655, 702),
            (640, 688),
            (690, 702),
            (3_010, 3_144),
            (96, 9_212),
            (812_345_600, 1_023_000_000),
        ][i];
        Indicator {
            id: *id,
            formula: text("按法定条件合格的件数 ÷ 应当合格的件数", "those that passed ÷ those that had to"),
            numerator,
            denominator,
            money: *id == IndicatorId::Collected,
            target: match id {
                IndicatorId::Late => Some(500),
                IndicatorId::Collected => None,
                _ => Some(10_000),
            },
            lower_is_better: *id == IndicatorId::Late,
            counted: Link::Cases(Box::new(CaseFilter { indicator: Some(*id), ..CaseFilter::default() })),
            failed: Link::Cases(Box::new(CaseFilter {
                indicator: Some(*id),
                behind: Some(Behind::Failed),
                ..CaseFilter::default()
            })),
        }
    };
    IndicatorId::ALL.iter().enumerate().map(make).collect()
}

fn agency_row(i: usize) -> AgencyRow {
    let (code, name, short) = AGENCIES[i];
    let n = (8 - i as u64) * 47;
    AgencyRow {
        agency: code.into(),
        name: name.into(),
        short_name: short.into(),
        region: "230883".into(),
        kind: text("行政机关", "administrative organ"),
        dissolved: None,
        items: 12 + n / 20,
        officers: 10 + n / 30,
        filed: n,
        decided: n - 21,
        closed: n - 30,
        open: 30,
        findings: FindingCounts { high: n / 60, medium: n / 25, low: n / 10, prevented: n / 40 },
        overdue: i as u64 % 3,
        fine_fen: n as i64 * 312_345,
        indicators: indicators(),
    }
}

fn case_row(i: usize) -> CaseRow {
    let (agency, agency_name, _) = AGENCIES[i % AGENCIES.len()];
    CaseRow {
        id: format!("01990000-0000-7000-8000-{:012x}", i + 1),
        number: format!("抚市监立案〔2026〕{}号", 120 - i),
        decision_number: (i % 2 == 1).then(|| format!("抚市监罚决〔2026〕{}号", 98 - i)),
        procedure: if i % 5 == 4 { Procedure::Simple } else { Procedure::Ordinary },
        agency: agency.into(),
        agency_name: agency_name.into(),
        region: "230883".into(),
        item: ITEM.into(),
        item_name: ITEMS[i % ITEMS.len()].into(),
        field: "食品".into(),
        party: match i {
            0 => HOSTILE.into(),
            n if n % 3 == 1 => "王**".into(),
            _ => "抚远市虚构商贸有限责任公司".into(),
        },
        stage: Stage::ALL[(i * 5 + 3) % Stage::ALL.len()],
        closed: i % 4 == 3,
        filed: day(2026, 10, 28).saturating_sub(jiff::Span::new().days(i as i64)),
        decided: (i % 2 == 1).then(|| day(2026, 11, 10)),
        closed_on: (i % 4 == 3).then(|| day(2026, 11, 20)),
        fine_fen: if i % 2 == 1 { 1_234_500 + i as i64 * 5_000 } else { 0 },
        findings: [2, 0, 1, 0][i % 4],
        refused: [1, 0, 0, 0][i % 4],
        overdue: [1, 0, 0, 0][i % 4],
        incomplete: i == 0,
    }
}

fn broken(rule: &Rule, zh: &str, en: &str) -> Broken {
    Broken { rule: rule.id.into(), citation: rule.citation_zh(), text: text(zh, en) }
}

fn entry(seq: u64, kind: &str, title: Text, stage: Stage, happened: &str) -> TimelineEntry {
    let happened = at(happened);
    let person = |role: (&str, &str), name: &str, certificate: Option<&str>| Person {
        role: text(role.0, role.1),
        name: name.into(),
        officer: Some("230883-SC-0003".into()),
        certificate: certificate.map(Into::into),
    };
    TimelineEntry {
        seq,
        source: "enforcement".into(),
        log_index: 10_240 + seq * 17,
        kind: format!("enforcement.case.{kind}.v1"),
        title,
        stage: Some(stage),
        happened,
        day: law::day_of(happened),
        recorded: happened + jiff::SignedDuration::from_mins(35),
        late: false,
        actor: "230883-SC-0003".into(),
        people: vec![
            person(("执法人员", "officer"), "孙虚构", Some("08230883011")),
            person(("执法人员", "officer"), "李虚构", Some("08230883012")),
        ],
        agency: AGENCY.into(),
        mode: Some(Mode::Handling),
        rules: Vec::new(),
        violations: Vec::new(),
        refused: false,
        details: Vec::new(),
    }
}

fn detail(zh: &str, en: &str, value: &str) -> Detail {
    Detail { label: text(zh, en), value: text(value, value) }
}

fn timeline() -> Vec<TimelineEntry> {
    vec![
        TimelineEntry {
            rules: vec!["EN-POWER".into(), "OF-CERT".into()],
            details: vec![
                detail("事项", "item", ITEMS[0]),
                detail("当事人", "party", HOSTILE),
                detail("违法事实", "violation", "在未取得食品经营许可的情况下，于商店内制售熟食"),
                detail("批准人", "approved by", "周局长"),
            ],
            ..entry(1, "CaseFiled", text("立案", "case filed"), Stage::File, "2026-07-30 09:12")
        },
        TimelineEntry {
            rules: vec!["OF-CERT".into()],
            details: vec![detail("证据", "evidence", "现场笔录"), detail("摘要", "digest", &"a1".repeat(32))],
            ..entry(
                2,
                "EvidenceCollected",
                text("收集证据", "evidence collected"),
                Stage::Investigate,
                "2026-08-01 10:40",
            )
        },
        TimelineEntry {
            late: true,
            recorded: at("2026-09-02 16:05"),
            mode: Some(Mode::Reporting),
            violations: vec![broken(
                &OF_CERT,
                "执法人员李虚构的执法证已于2026年7月31日到期",
                "the certificate of 李虚构 ended on 2026-07-31",
            )],
            ..entry(
                3,
                "EvidenceCollected",
                text("收集证据（补报）", "evidence collected (reported)"),
                Stage::Investigate,
                "2026-08-03 15:00",
            )
        },
        TimelineEntry {
            details: vec![detail("拟处罚", "intended", "罚款 50,000.00 元；没收违法所得 1,280.00 元")],
            ..entry(
                4,
                "InvestigationConcluded",
                text("调查终结", "investigation concluded"),
                Stage::Investigate,
                "2026-09-20 11:00",
            )
        },
        TimelineEntry {
            rules: vec!["EN-NOTICE".into()],
            ..entry(5, "PenaltyNotified", text("处罚告知", "penalty notified"), Stage::Notify, "2026-10-09 09:30")
        },
        entry(6, "StatementHeard", text("听取陈述申辩", "statement heard"), Stage::State, "2026-10-13 14:20"),
        TimelineEntry {
            refused: true,
            violations: vec![
                broken(
                    &EN_REVIEW,
                    "重大处罚决定须先经法制审核通过；本案尚无审核意见",
                    "a major decision needs a passed legal review first; there is none in this case",
                ),
                broken(
                    &EN_RANGE,
                    "罚款 120,000.00 元超出“一般”阶次的上限 100,000.00 元",
                    "a fine of CNY 120,000.00 is above the tier's CNY 100,000.00",
                ),
            ],
            details: vec![detail("尝试", "attempt", "作出罚款 120,000.00 元的处罚决定")],
            ..entry(7, "StepRefused", text("作出处罚决定", "decide a penalty"), Stage::Decide, "2026-10-20 16:45")
        },
        TimelineEntry {
            rules: vec!["EN-REVIEW".into()],
            people: vec![Person {
                role: text("法制审核人员", "legal reviewer"),
                name: "吴虚构".into(),
                officer: None,
                certificate: None,
            }],
            ..entry(
                8,
                "LegalReviewed",
                text("法制审核通过", "legal review passed"),
                Stage::LegalReview,
                "2026-11-03 10:00",
            )
        },
    ]
}

fn deadline(rule: &Rule, state: DeadlineState, remaining: Option<Remaining>, due: Option<Date>) -> DeadlineRow {
    DeadlineRow {
        stream: format!("case/{CASE}"),
        matter: "抚市监立案〔2026〕120号".into(),
        agency: AGENCY.into(),
        agency_name: AGENCIES[0].1.into(),
        clock: rule.id.into(),
        rule: rule.id.into(),
        citation: rule.citation_zh(),
        what: text(rule.zh, rule.en),
        start: at("2026-07-30 09:12"),
        period: text("90日", "90 days"),
        due,
        due_at: None,
        suspended_since: (state == DeadlineState::Suspended).then(|| day(2026, 9, 1)),
        no_calendar: (state == DeadlineState::NoCalendar).then_some(2027),
        stopped: matches!(state, DeadlineState::Met | DeadlineState::Missed).then(|| at("2026-11-05 09:00")),
        remaining,
        state,
        explanation: text(
            "期限90日，自2026年7月30日起算，当日不计入，第一日为2026年7月31日。\n最后一日为2026年10月28日（星期三）。\n依据：《行政处罚法》第六十条。",
            "A period of 90 days from 2026-07-30, that day not counted; the first day is 2026-07-31.\nThe last day is 2026-10-28 (Wednesday).\nBasis: Administrative Penalty Law, art. 60.",
        ),
    }
}

fn deadlines() -> Vec<DeadlineRow> {
    let left = |count, unit| Some(Remaining::Left { count, unit });
    vec![
        deadline(
            &EN_NINETY,
            DeadlineState::Overdue,
            Some(Remaining::Overdue { count: 25, unit: DayUnit::CalendarDays }),
            Some(day(2026, 10, 28)),
        ),
        deadline(&EN_SERVE, DeadlineState::Open, left(3, DayUnit::WorkingDays), Some(day(2026, 11, 25))),
        deadline(&EN_PUBLICISE, DeadlineState::Open, Some(Remaining::DueToday), Some(day(2026, 11, 22))),
        deadline(&EN_NINETY, DeadlineState::Suspended, None, None),
        deadline(&EN_SERVE, DeadlineState::NoCalendar, None, None),
        deadline(&EN_NINETY, DeadlineState::Met, None, Some(day(2026, 11, 9))),
        deadline(&EN_SERVE, DeadlineState::Missed, None, Some(day(2026, 10, 30))),
        deadline(&EN_PUBLICISE, DeadlineState::Cancelled, None, Some(day(2026, 10, 30))),
    ]
}

fn findings() -> Vec<FindingRow> {
    let make = |kind: FindingKind, rule: &str, citation: String, seq, words: Text, running| FindingRow {
        kind,
        severity: kind.severity(),
        rule: rule.into(),
        citation,
        stream: format!("case/{CASE}"),
        matter: "抚市监立案〔2026〕120号".into(),
        seq,
        agency: AGENCY.into(),
        agency_name: AGENCIES[0].1.into(),
        region: "230883".into(),
        day: day(2026, 10, 20),
        mode: seq.map(|_| Mode::Reporting),
        text: words,
        running,
    };
    vec![
        make(
            FindingKind::Violation,
            "OF-CERT",
            OF_CERT.citation_zh(),
            Some(3),
            text(
                "执法人员李虚构的执法证已于2026年7月31日到期，仍于8月3日收集证据",
                "the certificate of 李虚构 ended on 2026-07-31; evidence was gathered on 08-03",
            ),
            false,
        ),
        make(
            FindingKind::MissedDeadline,
            "EN-NINETY",
            EN_NINETY.citation_zh(),
            None,
            text("应于2026年10月28日前作出决定，至今未作出", "a decision was due on 2026-10-28 and has not been made"),
            true,
        ),
        make(
            FindingKind::MissingDuty,
            "PL-STANDARD",
            PL_STANDARD.citation_zh(),
            Some(4),
            text("缺少“审核”环节的全过程记录", "the stage of review has left no record"),
            false,
        ),
        make(
            FindingKind::LateRecording,
            "LATE-RECORDING",
            String::new(),
            Some(3),
            text(
                "发生后第22个工作日才记录，超过5个工作日",
                "recorded on the 22nd working day after it happened; 5 are allowed",
            ),
            false,
        ),
        make(
            FindingKind::RefusedAttempt,
            "EN-REVIEW",
            EN_REVIEW.citation_zh(),
            Some(7),
            text("未经法制审核即拟作出重大处罚决定，已阻止", "a major decision without legal review was prevented"),
            false,
        ),
    ]
}

fn case_file(public: bool) -> CaseFile {
    let header = case_row(usize::from(public));
    let statuses = [
        StageStatus::Done,
        StageStatus::Done,
        StageStatus::Done,
        StageStatus::Done,
        StageStatus::Skipped,
        StageStatus::Done,
        StageStatus::Open,
        StageStatus::Refused,
        StageStatus::Ahead,
        StageStatus::Ahead,
        StageStatus::Ahead,
        StageStatus::Ahead,
        StageStatus::Ahead,
    ];
    let only = |rows: usize| if public { 0 } else { rows };
    CaseFile {
        violation: CaseViolation {
            fact: "在未取得食品经营许可的情况下，于商店内制售熟食，货值金额9,600元".into(),
            place: "抚远市抚远镇正阳路中段".into(),
            from: Some(day(2026, 6, 1)),
            until: Some(day(2026, 7, 28)),
            discovered: Some(day(2026, 7, 28)),
        },
        source: text("投诉举报 12345-2026-0731", "complaint 12345-2026-0731"),
        item_version: 1,
        officers: timeline()[0].people.clone(),
        stages: Stage::ALL
            .iter()
            .zip(statuses)
            .enumerate()
            .map(|(i, (stage, status))| StageState {
                stage: *stage,
                status,
                day: matches!(status, StageStatus::Done | StageStatus::Refused).then(|| day(2026, 8, 1 + i as i8)),
            })
            .take(if public { 0 } else { 13 })
            .collect(),
        timeline: timeline().into_iter().take(only(99)).collect(),
        evidence: (0..only(3))
            .map(|i| EvidenceRow {
                id: format!("ev-{i}"),
                kind: text(["现场笔录", "电子数据", "书证"][i], ["site record", "electronic data", "document"][i]),
                title: ["现场检查笔录及照片", "外卖平台订单数据", "进货票据复印件"][i].into(),
                source: "正阳路商店经营场所".into(),
                sha256: format!("{i}f").repeat(32),
                media_type: ["application/pdf", "text/csv", "image/jpeg"][i].into(),
                size_bytes: [812_345, 9_120, 2_412_300][i],
                day: day(2026, 8, 1),
                officers: timeline()[0].people.clone(),
                excluded: (i == 2).then(|| "收集时仅一名执法人员在场".into()),
            })
            .collect(),
        deadlines: deadlines().into_iter().take(only(99)).collect(),
        findings: findings().into_iter().take(only(99)).collect(),
        refused: Vec::new(),
        decision: public.then(|| Decision {
            number: header.decision_number.clone().unwrap_or_default(),
            day: day(2026, 11, 10),
            withheld: false,
            penalties: vec![
                text("罚款 12,395.00 元", "a fine of CNY 12,395.00"),
                text("没收违法所得 1,280.00 元", "confiscation of gains of CNY 1,280.00"),
            ],
            fine_fen: header.fine_fen,
            paid_fen: 500_000,
            tier: Some("从轻".into()),
            facts: "当事人未取得食品经营许可从事食品经营活动，事实清楚，证据确凿".into(),
            bases: vec!["《食品安全法》第一百二十二条第一款".into(), "《行政处罚法》第二十八条第一款".into()],
            performance: "自收到本决定书之日起十五日内到指定银行缴纳罚款".into(),
            appeal: "六十日内可申请行政复议，六个月内可提起行政诉讼".into(),
            decided_by: "周局长".into(),
            major: true,
            served: Some(day(2026, 11, 12)),
            publicised: Some(day(2026, 11, 16)),
            url: Some("https://fuyuan.example/xzcf/97".into()),
            withdrawn: None,
            overturned: None,
        }),
        correlation_id: if public { String::new() } else { "01990000-aaaa-7000-8000-000000000001".into() },
        parked: if public { Vec::new() } else { vec![parked()] },
        header,
    }
}

fn parked() -> ParkedRow {
    ParkedRow {
        source: "enforcement".into(),
        log_index: 11_902,
        stream: format!("case/{CASE}"),
        kind: "enforcement.case.CaseReopened.v1".into(),
        reason: "unknown event type".into(),
        recorded: Some(at("2026-11-20 08:00")),
    }
}

fn item_row(i: usize) -> ItemRow {
    ItemRow {
        item: if i == 0 { ITEM.into() } else { format!("0213100{i:02}000-230883-131") },
        base_code: format!("0213100{i:02}000"),
        name: ITEMS[i % ITEMS.len()].into(),
        subitem: (i == 2).then(|| "未如实记录培训情况".into()),
        kind: "penalty".into(),
        kind_text: text("行政处罚", "Penalty"),
        agency: AGENCIES[i % 8].0.into(),
        agency_name: AGENCIES[i % 8].1.into(),
        region: "230883".into(),
        field: ["食品", "农资", "环境", "安全生产"][i % 4].into(),
        version: 1 + (i as u32 % 3),
        effective: Some(day(2026, 1, 1)),
        state: [ItemState::InForce, ItemState::InForce, ItemState::Coming, ItemState::Draft, ItemState::Cancelled]
            [i % 5],
        has_standard: i % 3 != 2,
        cases: (i as u64 * 37) % 91,
    }
}

fn item_file() -> ItemFile {
    let steps = ["立案", "调查取证", "审查", "告知", "陈述申辩或者听证", "法制审核", "集体讨论并作出决定", "送达"];
    ItemFile {
        row: item_row(0),
        on: day(2026, 11, 22),
        content: ItemText {
            bases: vec![BasisText {
                statute: "中华人民共和国食品安全法".into(),
                level: text("法律", "law"),
                version: Some(day(2021, 4, 29)),
                article: "第一百二十二条第一款".into(),
                summary: "没有办理食品生产经营许可就生产、销售食品或者提供餐饮的，没收所得和涉案物品，并按货值分档罚款".into(),
            }],
            outcomes: vec![
                text("没收违法所得", "confiscation of gains"),
                text("罚款 50,000.00 元至 100,000.00 元（货值金额不足10000元）", "a fine of CNY 50,000.00 to 100,000.00 (goods below CNY 10,000)"),
                text("罚款 货值金额10倍至20倍（货值金额10000元以上）", "a fine of 10 to 20 times the goods' value (CNY 10,000 and above)"),
            ],
            duties: vec![
                DutyText { stage: "立案".into(), matter: "日常巡查、投诉举报或者网络监测发现场所无证加工、售卖食品的，核查有初步证据后在规定期限内报批立案，指定两名以上持证人员承办".into() },
                DutyText { stage: "调查取证".into(), matter: "勘验现场并拍摄操作间、经营区和招牌，提取进销货单据、收款码流水和外卖平台订单，询问负责人和从业人员".into() },
                DutyText { stage: "送达".into(), matter: "七个工作日内送达，并告知缴款方式和救济途径".into() },
            ],
            responsible: "抚远市市场监督管理局食品生产经营安全监督管理股".into(),
            accountability: "对不履行或者不正确履行职责的，依照行政处罚法第七章处理".into(),
            flow: steps.iter().map(|name| FlowText { name: (*name).into(), limit: text("7个工作日", "7 working days") }).collect(),
            supervision: "电话：0454-0000000\n地址：抚远市司法局行政执法监督股".into(),
        },
        versions: vec![
            ItemVersion {
                version: 1,
                drafted: Some(at("2025-11-03 10:00")),
                ground: text("首次编制：抚政办发〔2025〕18号", "first compilation: 抚政办发〔2025〕18号"),
                reviewed: Some((at("2025-11-20 15:00"), true)),
                opinion: Some("依据层级和内容适当".into()),
                published: Some(at("2025-12-02 09:00")),
                effective: Some(day(2026, 1, 1)),
                until: Some(day(2026, 6, 30)),
                published_at: Some("抚远市人民政府网站".into()),
                changes: Vec::new(),
            },
            ItemVersion {
                version: 2,
                drafted: Some(at("2026-05-06 10:00")),
                ground: text("法律法规规章立改废释", "law made, changed or repealed"),
                reviewed: Some((at("2026-05-28 15:00"), true)),
                opinion: None,
                published: Some(at("2026-06-12 09:00")),
                effective: Some(day(2026, 7, 1)),
                until: None,
                published_at: Some("抚远市人民政府网站".into()),
                changes: vec![(text("责任主体", "responsible body"), "食品股".into(), "食品生产经营安全监督管理股".into())],
            },
        ],
        cancelled: None,
        standard: Some(Standard {
            version: 1,
            effective: day(2026, 1, 1),
            document: "抚市监发〔2025〕31号".into(),
            tiers: [("减轻", "mitigated"), ("从轻", "lighter"), ("一般", "ordinary"), ("从重", "heavier")].iter().enumerate().map(|(i, (zh, en))| TierText {
                code: (*en).to_owned(),
                level: text(zh, en),
                circumstances: "首次开办的小餐饮或者小食杂店，条件已符合要求且许可申请已受理未批，经营不足15日，主动停业并如实供述".into(),
                outcomes: vec![text("罚款 15,000.00 元至 50,000.00 元", "a fine of CNY 15,000.00 to 50,000.00")],
                used: i as u64 * 4,
            }).collect(),
        }),
        standards: vec![(1, day(2026, 1, 1), "抚市监发〔2025〕31号".into())],
        fee: None,
        usage: ItemUse { cases: 43, penalties: 31, withheld: 4, fine_low_fen: Some(1_500_000), fine_high_fen: Some(10_000_000), fine_sum_fen: 156_000_000, findings: 9 },
        timeline: vec![TimelineEntry {
            stage: None,
            kind: "powerlist.item.ItemPublished.v1".into(),
            source: "powerlist".into(),
            mode: None,
            ..entry(3, "x", text("公布事项", "item published"), Stage::File, "2025-12-02 09:00")
        }],
        incomplete: false,
    }
}

fn officer_row(i: usize) -> OfficerRow {
    OfficerRow {
        officer: format!("230883-SC-{:04}", i + 1),
        name: ["孙虚构", "李虚构", "吴虚构", "郑虚构"][i % 4].into(),
        agency: AGENCY.into(),
        role: text("执法人员", "enforcement officer"),
        certificate: (i % 4 != 3).then(|| format!("0823088301{i}")),
        fields: vec!["食品".into(), "药品".into()],
        from: (i % 4 != 3).then(|| day(2023, 8, 1)),
        until: (i % 4 != 3).then(|| day(2026 + (i as i16 % 3), 7, 31)),
        valid: i % 4 != 3 && i % 3 != 0,
        training_hours: 40 + i as u32,
        acts: 17 * i as u64,
    }
}

fn months() -> Vec<MonthCount> {
    (1..=11)
        .map(|m: u64| MonthCount {
            month: format!("2026-{m:02}"),
            filed: 120 + (m * 53) % 97,
            decided: 100 + (m * 41) % 97,
            closed: 90 + (m * 61) % 103,
            fine_fen: 90_000_000 + m as i64 * 1_234_500,
            paid_fen: 70_000_000 + m as i64 * 934_500,
            findings: (m * 29) % 61,
            refused: m % 9,
        })
        .collect()
}

impl Fixture {
    fn stages(&self) -> Vec<StageCount> {
        let cases = |i: usize| if self.empty { 0 } else { [31, 88, 24, 12, 4, 9, 3, 22, 41, 17, 133, 402, 1_357][i] };
        Stage::ALL.iter().enumerate().map(|(i, stage)| StageCount { stage: *stage, cases: cases(i) }).collect()
    }

    fn say<'a, T: Send + 'a>(&'a self, value: T) -> Answer<'a, T> {
        let answer = if self.broken { Err(QueryError::Damaged("a fixed failure".into())) } else { Ok(value) };
        Box::pin(async move { answer })
    }

    fn rows<'a, T: Send + 'a>(&'a self, rows: usize, total: u64, make: fn(usize) -> T) -> Answer<'a, Page<T>> {
        if self.empty { self.say(page(Vec::new(), 0)) } else { self.say(page((0..rows).map(make).collect(), total)) }
    }
}

impl Ask for Fixture {
    fn as_of<'a>(&'a self) -> Answer<'a, AsOf> {
        let source = |source: &str, read, head| SourceState { source: source.into(), read, head };
        self.say(AsOf {
            today: day(2026, 11, 22),
            recorded: (!self.empty).then(|| at("2026-11-22 10:20")),
            sources: vec![source("enforcement", 28_412, 28_415), source("powerlist", 1_204, 1_204)],
        })
    }
    fn overview<'a>(&'a self, scope: &'a Scope, filter: &'a OverviewFilter) -> Answer<'a, Overview> {
        let many = |n: u64| if self.empty { 0 } else { n };
        self.say(Overview {
            as_of: AsOf { today: day(2026, 11, 22), recorded: None, sources: Vec::new() },
            from: filter.from.unwrap_or(day(2026, 1, 1)),
            to: filter.to.unwrap_or(day(2026, 11, 22)),
            stages: self.stages(),
            filed: many(2_143),
            decided: many(1_960),
            closed: many(1_759),
            open: many(384),
            fine_fen: many(1_023_000_000) as i64,
            paid_fen: many(812_345_600) as i64,
            findings: FindingCounts { high: many(37), medium: many(141), low: many(96), prevented: many(52) },
            deadlines: DeadlineCounts {
                open: many(611),
                due_soon: many(74),
                overdue: many(18),
                suspended: many(5),
                no_calendar: many(2),
            },
            months: if self.empty { Vec::new() } else { months() },
            indicators: if scope.is_public() { Vec::new() } else { indicators() },
            agencies: (0..many(6) as usize).map(agency_row).collect(),
            latest: (0..many(6) as usize)
                .map(|i| {
                    let row = case_row(i * 2 + 1);
                    PublicDecision {
                        case: row.id,
                        number: row.decision_number.unwrap_or_default(),
                        agency: row.agency,
                        agency_name: row.agency_name,
                        party: row.party,
                        item_name: row.item_name,
                        fine_fen: row.fine_fen,
                        decided: day(2026, 11, 10),
                        publicised: day(2026, 11, 16),
                    }
                })
                .collect(),
            lists: ListCounts { agencies: 8, items: 152, officers: 121 },
            parked: if self.empty || scope.is_public() { Vec::new() } else { vec![parked()] },
        })
    }
    fn agencies<'a>(&'a self, _: &'a Scope, _: &'a AgencyFilter) -> Answer<'a, Page<AgencyRow>> {
        self.rows(8, 8, agency_row)
    }
    fn agency<'a>(&'a self, _: &'a Scope, agency: &'a str, filter: &'a AgencyFilter) -> Answer<'a, Option<AgencyCard>> {
        let known = AGENCIES.iter().position(|(code, ..)| *code == agency);
        self.say(known.map(|i| AgencyCard {
            row: agency_row(i),
            basis: "中共抚远市委办公室、抚远市人民政府办公室关于印发机构改革方案的通知".into(),
            fields: vec!["食品".into(), "药品".into(), "特种设备".into(), "价格".into()],
            since: day(2019, 3, 1),
            entrusted_by: None,
            from: filter.from.unwrap_or(day(2026, 1, 1)),
            to: filter.to.unwrap_or(day(2026, 11, 22)),
            stages: self.stages(),
            months: months(),
            deadlines: DeadlineCounts { open: 61, due_soon: 7, overdue: 2, suspended: 0, no_calendar: 0 },
            findings: findings(),
            cases: (0..6).map(case_row).collect(),
            officers: (0..6).map(officer_row).collect(),
            items: (0..5).map(item_row).collect(),
        }))
    }
    fn cases<'a>(&'a self, _: &'a Scope, _: &'a CaseFilter) -> Answer<'a, Page<CaseRow>> {
        self.rows(50, 2_143, case_row)
    }
    fn case<'a>(&'a self, scope: &'a Scope, id: &'a str) -> Answer<'a, Option<CaseFile>> {
        self.say(match (id, scope.is_public()) {
            (PUBLIC_CASE, true) => Some(case_file(true)),
            (CASE, false) => Some(case_file(false)),
            _ => None,
        })
    }
    fn deadlines<'a>(&'a self, _: &'a Scope, _: &'a DeadlineFilter) -> Answer<'a, Page<DeadlineRow>> {
        self.say(if self.empty { page(Vec::new(), 0) } else { page(deadlines(), 611) })
    }
    fn findings<'a>(&'a self, _: &'a Scope, _: &'a FindingFilter) -> Answer<'a, Page<FindingRow>> {
        self.say(if self.empty {
            page(Vec::new(), 0)
        } else {
            page(findings().into_iter().cycle().take(20).collect(), 326)
        })
    }
    fn items<'a>(&'a self, _: &'a Scope, _: &'a ItemFilter) -> Answer<'a, Page<ItemRow>> {
        self.rows(20, 152, item_row)
    }
    fn item<'a>(&'a self, _: &'a Scope, item: &'a str, _: Option<Date>) -> Answer<'a, Option<ItemFile>> {
        self.say((item == ITEM).then(item_file))
    }
    fn rules<'a>(&'a self, _: &'a Scope) -> Answer<'a, Vec<RuleUse>> {
        let one = |card: &&'static Rule| RuleUse {
            id: card.id.into(),
            kind: card.kind,
            citation: Text::new(card.citation_zh(), card.citation_en()),
            text: text(card.zh, card.en),
            plans: card.plans.iter().map(|p| (*p).to_owned()).collect(),
            params: card.params.to_vec(),
            since: card.since,
            until: card.until,
            satisfied: 1_872,
            violated: 12,
            refused: 7,
            running: if card.kind == Kind::Deadline { 41 } else { 0 },
            overdue: 0,
            missed: 3,
            met: 0,
            allows: card.tests.allows.iter().map(|t| (*t).to_owned()).collect(),
            refuses: card.tests.refuses.iter().map(|t| (*t).to_owned()).collect(),
        };
        self.say(RULES.iter().map(one).collect())
    }
    fn officers<'a>(&'a self, _: &'a Scope, _: &'a OfficerFilter) -> Answer<'a, Page<OfficerRow>> {
        self.rows(14, 121, officer_row)
    }
    fn regions<'a>(&'a self, _: &'a Scope) -> Answer<'a, Vec<RegionRow>> {
        let region = |code: &str, name: &str, level: &str, parent: Option<&str>| RegionRow {
            region: code.into(),
            name: name.into(),
            level: level.into(),
            parent: parent.map(Into::into),
        };
        self.say(vec![
            region("230883", "抚远市", "county", None),
            region("230883100", "抚远镇", "township", Some("230883")),
            region("230883101", "寒葱沟镇", "township", Some("230883")),
        ])
    }
    fn audit<'a>(&'a self, _: &'a Scope, _: &'a AuditFilter) -> Answer<'a, Page<AuditRow>> {
        let rows = timeline().into_iter().rev().map(|entry| AuditRow {
            stream: format!("case/{CASE}"),
            matter: "抚市监立案〔2026〕120号".into(),
            entry,
        });
        self.say(page(if self.empty { Vec::new() } else { rows.collect() }, 29_616))
    }
}
