//! Parameters through the API: what was set, where and from when it counts, and where the default does.

use proto::powerlist::v1::powerlist_server::Powerlist as _;
use tonic::Code;
use tonic_types::StatusExt as _;

use super::*;

const HOURS: &str = "OF-TRAIN-HOURS";
const DOCUMENT: &str = "关于行政执法人员年度培训的通知（示例）";

fn set(office: &Office, region: &str, count: i64, from: &str) -> p::SetParameterRequest {
    p::SetParameterRequest {
        meta: office.meta("2026-03-02"),
        parameter: HOURS.into(),
        region: region.into(),
        field: String::new(),
        value: Some(p::Quantity { unit: p::Unit::Hours.into(), count }),
        from: from.into(),
        document: DOCUMENT.into(),
    }
}

async fn send(office: &Office, request: p::SetParameterRequest) -> Result<Vec<String>, tonic::Status> {
    let answer = office.api().set_parameter(office.request(request)).await?.into_inner();
    Ok(answer.receipt.unwrap().events)
}

async fn hours(office: &Office, region: &str, as_of: &str) -> p::Parameter {
    let request = p::ListParametersRequest { region: region.into(), as_of: as_of.into() };
    let listed = office.api().list_parameters(office.request(request)).await.unwrap().into_inner().parameters;
    listed.into_iter().find(|parameter| parameter.parameter == HOURS).unwrap()
}

#[tokio::test]
async fn a_value_counts_from_its_day_in_its_region_and_below() {
    let office = Office::ready().await;
    let unset = hours(&office, "230883", "2026-12-31").await;
    assert_eq!((unset.value.unwrap().count, unset.document.as_str()), (60, ""));
    assert!(unset.source_zh.contains("60学时") && unset.citation_en.contains("Outline"), "{unset:?}");
    assert_eq!((unset.least, unset.rules), (unset.default, vec!["OF-TRAIN".to_owned()]));

    assert_eq!(
        send(&office, set(&office, "230883", 80, "2027-01-01")).await.unwrap(),
        ["powerlist.parameter.ParameterSet.v1"]
    );
    assert_eq!(send(&office, set(&office, "230883", 80, "2027-01-01")).await.unwrap(), [""; 0]);
    for (region, day, count, document) in [
        ("230883", "2026-12-31", 60, ""),
        ("230883", "2027-01-01", 80, DOCUMENT),
        ("230883100", "2027-01-01", 80, DOCUMENT),
        ("230800", "2027-01-01", 60, ""),
    ] {
        let found = hours(&office, region, day).await;
        assert_eq!((found.value.unwrap().count, found.document.as_str()), (count, document), "{region} {day}");
    }
}

#[tokio::test]
async fn what_cannot_be_set_is_bad_input_by_its_field() {
    let office = Office::ready().await;
    let refused = async |request, field: &str, says: &str| {
        let status = send(&office, request).await.unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument, "{status}");
        let faults = status.get_details_bad_request().unwrap().field_violations;
        let [fault] = faults.as_slice() else { panic!("{faults:?}") };
        assert_eq!(fault.field, field);
        assert!(fault.description.contains(says), "{}", fault.description);
    };
    let good = || set(&office, "230883", 80, "2027-01-01");
    refused(set(&office, "230883", 59, "2027-01-01"), "value", "《法治政府建设实施纲要").await;
    refused(p::SetParameterRequest { parameter: "OF-SLEEP".into(), ..good() }, "parameter", HOURS).await;
    refused(p::SetParameterRequest { document: String::new(), ..good() }, "document", "required").await;
    refused(p::SetParameterRequest { value: None, ..good() }, "value", "required").await;
    let unitless = Some(p::Quantity { unit: 0, count: 80 });
    refused(p::SetParameterRequest { value: unitless, ..good() }, "value.unit", "").await;
    for (region, code) in [("110000", Code::PermissionDenied), ("230882", Code::NotFound)] {
        let elsewhere = send(&office, set(&office, region, 80, "2027-01-01")).await.unwrap_err();
        assert_eq!(elsewhere.code(), code, "{elsewhere}");
    }
}

/// A renewal after 79 hours in 2026, where 80 were set from a day on.
async fn renewed(eighty_from: &str) -> Result<(), tonic::Status> {
    let office = Office::ready().await;
    let train = p::RecordTrainingRequest {
        meta: office.meta("2026-06-01"),
        officer: "131001".into(),
        on: "2026-06-01".into(),
        hours: 79,
        subject: "行政处罚法".into(),
    };
    office.api().record_training(office.request(train)).await.unwrap();
    send(&office, set(&office, "230883", 80, eighty_from)).await.unwrap();
    let request = p::IssueCertificateRequest {
        meta: office.meta("2027-04-07"),
        officer: "131001".into(),
        certificate: "23088331901".into(),
        fields: vec!["食品".into()],
        from: "2027-04-07".into(),
        until: "2032-04-06".into(),
    };
    office.api().issue_certificate(office.request(request)).await.map(drop)
}

#[tokio::test]
async fn a_renewal_asks_for_the_hours_that_were_in_force_in_the_year_of_the_training() {
    renewed("2027-01-01").await.unwrap();
    let refused = renewed("2026-12-31").await.unwrap_err();
    let said = refused.get_details_localized_message().unwrap().message;
    assert!(said.contains("79学时") && said.contains("80学时") && said.contains(DOCUMENT), "{said}");
}
