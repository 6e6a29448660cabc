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

const ROWS: &str = "参数,区划,领域,数值,单位,生效日期,文件\n\
    OF-TRAIN-HOURS,230883,,90,学时,2028-01-01,第二份通知（示例）\n\
    OF-TRAIN-HOURS,230883,,80,学时,2027-01-01,第一份通知（示例）\n";

#[tokio::test]
async fn a_file_sets_them_in_the_order_of_their_days_and_comes_out_as_of_a_day() {
    let office = Office::ready().await;
    let files = || vec![("parameters.csv".to_owned(), ROWS.as_bytes().to_vec())];
    let answer = office.import("2026-03-02", files()).await;
    assert_eq!((answer.faults, answer.rows, answer.changed), (vec![], 2, 2));
    assert_eq!(hours(&office, "230883", "2027-12-31").await.document, "第一份通知（示例）");
    assert_eq!(hours(&office, "230883", "2028-01-01").await.value.unwrap().count, 90);

    let exported = async |as_of: &str| {
        let request = p::ExportListRequest {
            sheet: p::Sheet::Parameters.into(),
            format: p::FileFormat::Csv.into(),
            as_of: as_of.into(),
            ..Default::default()
        };
        office.api().export_list(office.request(request)).await.unwrap().into_inner()
    };
    assert_eq!(exported("2026-12-31").await.rows, 0);
    let of_2027 = exported("2027-12-31").await;
    assert!(String::from_utf8(of_2027.content.clone()).unwrap().contains(",80,学时,2027-01-01,第一份通知（示例）"));
    assert_eq!((of_2027.rows, exported("2028-01-01").await.rows), (1, 1));
    let again = office.import("2026-03-03", vec![("out.csv".to_owned(), of_2027.content)]).await;
    assert_eq!((again.faults, again.changed, again.unchanged), (vec![], 0, 1));
}

#[tokio::test]
async fn a_row_that_cannot_be_set_is_told_and_the_file_stays_outside() {
    let office = Office::ready().await;
    for (bad, says) in [
        ("OF-TRAIN-HOURS,230883,,59,学时,2029-01-01,通知", "《法治政府建设实施纲要"),
        ("OF-TRAIN-HOURS,230883,,80,元,2029-01-01,通知", "counted in hours"),
        ("OF-TRAIN-HOURS,230883,,80.5,学时,2029-01-01,通知", "a whole number"),
        ("OF-TRAIN-HOURS,230883,,80,小时,2029-01-01,通知", "元、学时"),
        ("OF-TRAIN-HOURS,230883,,80,学时,2029-01-01,", "is required"),
        ("OF-SLEEP,230883,,80,学时,2029-01-01,通知", HOURS),
    ] {
        let answer = office.import("2026-03-02", vec![("p.csv".to_owned(), format!("{ROWS}{bad}\n").into())]).await;
        let [fault] = answer.faults.as_slice() else { panic!("{:?}", answer.faults) };
        assert!(fault.row == 4 && fault.en.contains(says), "{fault:?}");
    }
    assert_eq!(hours(&office, "230883", "2029-01-01").await.document, "");
}
