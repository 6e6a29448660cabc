//! The service over a real ledger, called as gRPC calls it.

mod agency_files;
mod api;
mod county;
mod import;
mod listing;
mod parameters;
mod plans;
mod round_trip;
mod statutes;
mod words;

use std::{collections::BTreeSet, sync::Arc};

use kernel::{Caller, DemoClock, Role, Service, SystemClock};
use ledger::{Config, Ledger, Url};
use prost::Message;
use proto::{
    common::v1::{CommandMeta, Mode},
    powerlist::v1 as p,
};
use tonic::Request;
use uuid::Uuid;

use crate::{
    App,
    domain::{fixture, rules},
};

/// A service on a folder of its own, on a clock that stands.
struct Office {
    app: App,
    clock: Arc<DemoClock>,
    folder: tempfile::TempDir,
    region: &'static str,
    roles: Vec<Role>,
}

const LIST_OFFICE: [Role; 3] = [Role::ListEditor, Role::ListApprover, Role::LegalReviewer];

/// What the reviewer says of the items of the tests.
const OPINION: &str = "依据充分，权责一致，同意公布";

impl Office {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(DemoClock::standing_at(fixture::at("2026-11-20"), Arc::new(SystemClock)));
        let app = open(&folder, &clock).await;
        Self { app, clock, folder, region: "230000", roles: LIST_OFFICE.to_vec() }
    }

    /// The same with a region's tree, the market bureau and its reviewer.
    async fn ready() -> Self {
        let office = Self::new().await;
        let csv = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
        let answer = office
            .import(
                "2026-01-05",
                vec![
                    csv("regions.csv", "code,name,level,parent\n230883,抚远市,county,230800\n230800,佳木斯市,city,230000\n230000,黑龙江省,province,\n"),
                    csv("agencies.csv", "主体代码,名称,简称,区划,主体性质,设立依据,执法领域,部门代码\n11230883MB01310199,抚远市市场监督管理局,市场监管局,230883,行政机关,机构改革方案,食品；药品,131\n"),
                    csv("officers.csv", "人员编号,姓名,主体代码,人员类别,执法证号,执法领域,发证日期,有效期至,考试日期,考试成绩,法律职业资格\n131001,徐云,11230883MB01310199,执法人员,23088331001,食品,2022-04-07,2027-04-06,2022-03-21,68,无\n131035,赖东,11230883MB01310199,法制审核人员,23088331035,食品,2022-08-13,2027-08-12,2021-07-27,86,有\n"),
                ],
            )
            .await;
        assert_eq!(answer.faults, []);
        assert_eq!(answer.changed, 6);
        office
    }

    async fn import(&self, on: &str, files: Vec<(String, Vec<u8>)>) -> p::ImportListResponse {
        let files =
            files.into_iter().map(|(name, content)| p::ImportFile { name, content, ..Default::default() }).collect();
        let request = p::ImportListRequest {
            meta: self.meta(on),
            files,
            document: "抚政发〔2026〕1号".into(),
            reviewer: "131035".into(),
            opinion: OPINION.into(),
            ..Default::default()
        };
        self.send(request).await.unwrap()
    }

    async fn send(&self, request: p::ImportListRequest) -> Result<p::ImportListResponse, tonic::Status> {
        use p::powerlist_server::Powerlist as _;
        Ok(self.api().import_list(self.request(request)).await?.into_inner())
    }

    /// The frame of what is done on a day, which is today then.
    fn meta(&self, on: &str) -> Option<CommandMeta> {
        let at = fixture::at(on);
        self.clock.set(at);
        Some(CommandMeta {
            command_id: Uuid::now_v7().to_string(),
            at: Some(prost_types::Timestamp { seconds: at.as_second(), nanos: 0 }),
            mode: Mode::Handling.into(),
            ..Default::default()
        })
    }

    fn api(&self) -> crate::Api {
        self.app.api()
    }

    fn request<M: Message>(&self, message: M) -> Request<M> {
        let mut request = Request::new(message);
        request.extensions_mut().insert(Caller {
            subject: "editor".into(),
            name: "编办".into(),
            agency: None,
            region: self.region.parse().unwrap(),
            roles: self.roles.iter().copied().collect::<BTreeSet<_>>(),
        });
        request
    }
}

async fn open(folder: &tempfile::TempDir, clock: &Arc<DemoClock>) -> App {
    let config = Config::new("powerlist", "230883", Url::Sqlite(folder.path().to_owned()));
    let ledger = Ledger::open(config, clock.clone()).await.unwrap();
    App::open(Service::new(ledger, clock.clone()), rules::PARAMETERS.to_vec()).await.unwrap()
}
