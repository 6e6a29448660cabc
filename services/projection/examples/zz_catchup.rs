//! Measures catching up. Temporary.
use async_trait::async_trait;
use kernel::{Feed, FeedError};
use ledger::Record;
use projection::{App, Db, model::*};
use std::{sync::Arc, time::Instant};

struct Mem(Vec<Record>);
#[async_trait]
impl Feed for Mem {
    fn source(&self) -> &str {
        "enforcement"
    }
    async fn read(&self, from: u64, max: usize) -> Result<Vec<Record>, FeedError> {
        let r: Vec<Record> = self.0.iter().skip(from as usize).take(max).cloned().collect();
        if r.is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        Ok(r)
    }
    fn head(&self) -> u64 {
        self.0.len() as u64
    }
}
fn rec(i: &mut u64, v: u64, case: &str, name: &str, time: &str, data: String) -> Record {
    let n = *i;
    *i += 1;
    let stream = format!("case/{case}");
    let bytes = format!(
        r#"{{"specversion":"1.0","id":"0190b2c8-0000-7000-8000-{n:012}","source":"/fazhi/enforcement/230883","type":"enforcement.case.{name}.v1","subject":"{stream}","time":"{time}T02:00:00.000000Z","recordedtime":"{time}T02:00:00.000000Z","logindex":{n},"streamversion":{v},"actor":"230883-SC-0001","agency":"11230883MB01310199","region":"230883","correlationid":"0190b2c8-0000-7000-8000-00000000000a","commandid":"0190b2c8-0000-7000-8000-{n:012}","rules":"EN-POWER,EN-JURISDICTION,OF-CERT,OF-TWO","data":{data}}}"#
    );
    Record { log_index: n, stream, stream_version: v, bytes: Arc::from(bytes) }
}
fn main() {
    let cases: usize = std::env::args().nth(1).and_then(|s| s.parse().ok()).unwrap_or(10_000);
    let db = std::env::args().nth(2);
    let officers = r#"[{"officer":"230883-0001","name":"张三丰","certificate":"23088300001"},{"officer":"230883-0002","name":"李四光","certificate":"23088300002"}]"#;
    let rule = "应当自立案之日起九十日内作出行政处罚决定；法律、法规、规章另有规定的，从其规定。";
    let mut records = Vec::new();
    let mut i = 0;
    let group = 50; // cases interleaved
    for g in 0..cases / group {
        let month = 1 + (g * 12 / (cases / group + 1)) as u32;
        let day = format!("2025-{month:02}-10");
        let ids: Vec<String> =
            (0..group).map(|k| format!("0190b2c8-{:04x}-7000-8000-{:012}", g & 0xffff, g * group + k)).collect();
        let steps: Vec<(&str, Box<dyn Fn(usize, &str) -> String>)> = vec![
            (
                "CaseFiled",
                Box::new(move |k, id| {
                    format!(
                        r#"{{"case":"{id}","filing_number":"抚市监立〔2025〕{k}号","procedure":"ordinary","agency":"11230883MB01310199","agency_name":"抚远市市场监督管理局","region":"230883","item":"230231000{:03}-230883-01","item_name":"对经营超过保质期食品的行为的行政处罚第{}项","item_version":1,"base_code":"230231000001","field":"市场监管","party":{{"kind":"legal_person","name":"抚远市第{k}某某商贸有限公司","uscc":"91230883MA18XXXX00"}},"violation":{{"fact":"经营超过保质期的食品，货值金额较小","region":"230883","place":"抚远市正阳路{k}号","from":"2025-01-05","discovered":"2025-01-06","grave":false}},"source":"inspection","approved_by":"王局长","officers":{officers},"at":"2025-01-01T00:00:00Z","mode":"handling","clocks":[{{"change":"opened","clock":"EN-NINETY","rule":"EN-NINETY","citation":"《行政处罚法》第六十条","zh":"{rule}","en":"A decision is due within ninety days of filing unless a law, regulation or rule provides otherwise.","start":"2025-{month:02}-10T02:00:00Z","period":{{"unit":"calendar_days","count":90}}}}]}}"#,
                        k % 150,
                        k % 150
                    )
                }),
            ),
            (
                "RecordMade",
                Box::new(|_, _| {
                    r#"{"stage":"start","form":"text","title":"立案审批表","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","media_type":"application/pdf","size_bytes":123456,"mode":"handling"}"#.into()
                }),
            ),
            (
                "EvidenceCollected",
                Box::new(move |k, _| {
                    format!(
                        r#"{{"evidence":"0190b2c8-0000-7000-8000-{k:012}","kind":"physical","title":"超过保质期的食品","source":"现场检查","officers":{officers},"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","media_type":"image/jpeg","size_bytes":123456,"mode":"handling"}}"#
                    )
                }),
            ),
            (
                "RecordMade",
                Box::new(|_, _| {
                    r#"{"stage":"investigation","form":"text","title":"现场笔录","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","media_type":"application/pdf","size_bytes":123456,"mode":"handling"}"#.into()
                }),
            ),
            (
                "InvestigationConcluded",
                Box::new(|_, _| {
                    r#"{"facts":"当事人经营超过保质期的食品，货值金额一百二十元，违法事实清楚，证据确凿","tier":"ordinary","bases":[{"of":"货值金额","amount_fen":12000}],"proposal":[{"kind":"fine","amount_fen":500000}],"reasons":"首次违法","complex":false,"public_interest":false,"mode":"handling"}"#.into()
                }),
            ),
            (
                "PenaltyNotified",
                Box::new(|_, _| {
                    r#"{"facts":"当事人经营超过保质期的食品，货值金额一百二十元","reasons":"违反食品安全法","bases":["《食品安全法》第一百二十四条"],"penalties":[{"kind":"fine","amount_fen":500000}],"statement_right_told":true,"hearing_right_told":false,"hearing_required":false,"method":"direct","mode":"handling"}"#.into()
                }),
            ),
            ("StatementWaived", Box::new(|_, _| r#"{"how":"书面声明","mode":"handling"}"#.into())),
            (
                "LegalReviewed",
                Box::new(|_, _| {
                    r#"{"reviewer":"230883-0090","reviewer_name":"赵审核","passed":true,"opinion":"同意","mode":"handling"}"#.into()
                }),
            ),
            (
                "PenaltyDecided",
                Box::new(move |k, _| {
                    format!(
                        r#"{{"number":"抚市监罚〔2025〕{k}号","penalties":[{{"kind":"fine","amount_fen":500000}}],"fine_fen":500000,"tier":"ordinary","departure":null,"facts":"当事人经营超过保质期的食品","evidence":["0190b2c8-0000-7000-8000-{k:012}"],"bases":["《食品安全法》第一百二十四条"],"performance":"收到决定书之日起十五日内到指定银行缴纳","appeal":"六十日内申请复议，六个月内起诉","decided_by":"王局长","major":false,"address_stated":true,"sealed":true,"mode":"handling","clocks":[{{"change":"stopped","clock":"EN-NINETY","at":"2025-{month:02}-10T02:00:00Z"}},{{"change":"opened","clock":"EN-SERVE","rule":"EN-SERVE","citation":"《行政处罚法》第六十一条","zh":"{rule}","en":"Served within seven working days","start":"2025-{month:02}-10T02:00:00Z","period":{{"unit":"working_days","count":7}}}},{{"change":"opened","clock":"EN-PUBLICISE","rule":"EN-PUBLICISE","citation":"《行政处罚法》第四十八条","zh":"{rule}","en":"Published within seven working days","start":"2025-{month:02}-10T02:00:00Z","period":{{"unit":"working_days","count":7}}}}]}}"#
                    )
                }),
            ),
            (
                "DecisionServed",
                Box::new(move |_, _| {
                    format!(
                        r#"{{"method":"direct","receipt":"r","consent":null,"mode":"handling","clocks":[{{"change":"stopped","clock":"EN-SERVE","at":"2025-{month:02}-10T02:00:00Z"}}]}}"#
                    )
                }),
            ),
            (
                "DecisionPublicised",
                Box::new(move |_, _| {
                    format!(
                        r#"{{"url":"https://example.gov.cn/1","mode":"handling","clocks":[{{"change":"stopped","clock":"EN-PUBLICISE","at":"2025-{month:02}-10T02:00:00Z"}}]}}"#
                    )
                }),
            ),
            (
                "FinePaid",
                Box::new(|_, _| {
                    r#"{"amount_fen":500000,"surcharge_fen":0,"channel":"bank","collector":null,"spot_ground":null,"receipt":"r","mode":"handling"}"#.into()
                }),
            ),
            (
                "CaseClosed",
                Box::new(|_, _| r#"{"reason":"performed","approved_by":"王局长","mode":"handling"}"#.into()),
            ),
            (
                "CaseArchived",
                Box::new(|_, _| {
                    r#"{"archive_number":"A1","volumes":1,"pages":30,"contents_sha256":"ab","mode":"handling"}"#.into()
                }),
            ),
        ];
        for (v, (name, data)) in steps.iter().enumerate() {
            for (k, id) in ids.iter().enumerate() {
                records.push(rec(&mut i, v as u64 + 1, id, name, &day, data(g * group + k, id)));
            }
        }
    }
    let n = records.len();
    let bytes: usize = records.iter().map(|r| r.bytes.len()).sum();
    println!("{n} events, {} MB, {} B each", bytes / 1_000_000, bytes / n);
    let probe = records[records.len() / 2].stream.clone();
    let rt = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    rt.block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let db = match db {
            Some(url) => Db::Postgres(url),
            None => Db::Sqlite(dir.path().to_owned()),
        };
        let app = App::open(db, vec![Arc::new(Mem(records))], Arc::new(kernel::SystemClock), vec![]).await.unwrap();
        let t = Instant::now();
        app.run(app.caught_up_with_feeds()).await;
        let took = t.elapsed();
        println!("caught up in {took:?}: {:.0} events/s", n as f64 / took.as_secs_f64());
        if let Ok(m) = std::fs::metadata(dir.path().join("projection.sqlite")) {
            println!("file {} MB", m.len() / 1_000_000);
        }
        let q = app.queries();
        let s = Scope::Region("230883".parse().unwrap());
        macro_rules! time {
            ($name:literal, $e:expr) => {{
                let mut all = vec![];
                for _ in 0..40 {
                    let t = Instant::now();
                    let _ = $e.await.unwrap();
                    all.push(t.elapsed());
                }
                all.sort();
                println!("{:28} p50 {:?} p99 {:?}", $name, all[20], all[39]);
            }};
        }
        let cf = |t: &str| CaseFilter { text: Some(t.into()), ..Default::default() };
        time!(
            "overview",
            q.overview(
                &s,
                &OverviewFilter {
                    from: "2025-01-01".parse().ok(),
                    to: "2025-12-31".parse().ok(),
                    ..Default::default()
                }
            )
        );
        time!("agencies", q.agencies(&s, &AgencyFilter::default()));
        time!("agency", q.agency(&s, "11230883MB01310199", &AgencyFilter::default()));
        time!("cases", q.cases(&s, &CaseFilter::default()));
        time!("cases page 100", q.cases(&s, &CaseFilter { page: 100, ..Default::default() }));
        time!("cases text rare", q.cases(&s, &cf("第777某某")));
        time!("cases text common", q.cases(&s, &cf("保质期")));
        time!("cases text none", q.cases(&s, &cf("不存在的名字")));
        time!(
            "cases agency stage",
            q.cases(
                &s,
                &CaseFilter {
                    agency: Some("11230883MB01310199".into()),
                    stage: Some(Stage::Archive),
                    ..Default::default()
                }
            )
        );
        time!("case", q.case(&s, &probe[5..]));
        time!("deadlines", q.deadlines(&s, &DeadlineFilter::default()));
        time!(
            "deadlines met",
            q.deadlines(&s, &DeadlineFilter { state: Some(DeadlineState::Met), ..Default::default() })
        );
        time!("findings", q.findings(&s, &FindingFilter::default()));
        time!("audit", q.audit(&s, &AuditFilter::default()));
        let t = Instant::now();
        app.view_digests().await.unwrap();
        println!("digests {:?}", t.elapsed());
        app.close().await;
    });
    if let Ok(s) = std::fs::read_to_string("/proc/self/status") {
        for l in s.lines().filter(|l| l.starts_with("VmHWM") || l.starts_with("VmRSS")) {
            println!("{l}");
        }
    }
}
