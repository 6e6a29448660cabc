use super::*;

#[test]
fn a_line_reads_back_as_it_is_written() {
    for line in [
        "查封",
        "扣押“暂扣”",
        "查封||对场所、设施、财物",
        "查封“封存”||对财物；限于可能导致食品安全事故的食品及其原料",
        "扣押|7日|对财物；期限依照《中华人民共和国药品管理法》第一百条第二款",
        "限制人身自由|24小时+24小时|对人身；期限依照《中华人民共和国人民警察法》第九条第二款",
        "冻结|3个月|对存款、汇款；期限依照《甲法》第一条；依照《乙法》第二条",
        "代履行||自行执行",
        "强制执行||申请法院执行；依照《中华人民共和国城乡规划法》第六十八条",
        "划拨|",
    ] {
        let read = Allowed::read(line).unwrap();
        assert_eq!(read.to_string(), line.trim_end_matches('|'));
        assert_eq!(Allowed::read(&read.to_string()).unwrap(), read);
        assert_eq!(serde_json::from_value::<Allowed>(serde_json::to_value(&read).unwrap()).unwrap(), read);
        assert_eq!(told_allowed(&serde_json::to_value(&read).unwrap()), Some(read.told()));
    }
}

#[test]
fn every_kind_and_every_object_reads_back() {
    for kind in CompulsionKind::ALL {
        for on in ObjectKind::ALL {
            let line = Allowed { on: vec![*on], ..Allowed::of(*kind) };
            assert_eq!(Allowed::read(&line.to_string()).unwrap(), line);
        }
    }
    let all = Allowed { on: ObjectKind::ALL.to_vec(), ..Allowed::of(CompulsionKind::Seal) };
    assert_eq!(Allowed::read(&all.to_string()).unwrap(), all);
}

#[test]
fn says_what_is_wrong_with_a_line() {
    for line in [
        "",
        "查扣",
        "查封|七日|期限依照《甲法》第一条",
        "查封|7日",
        "查封|7日+|期限依照《甲法》第一条",
        "查封||期限依照《甲法》第一条",
        "查封||对",
        "查封||对场所、场所",
        "查封||对车辆",
        "查封||对场所；对设施",
        "查封||随便写的",
        "查封||依照甲法第一条",
        "代履行||自行执行；申请法院执行",
    ] {
        let bad = Allowed::read(line).unwrap_err();
        assert!(!bad.zh.is_empty() && !bad.en.is_empty(), "{line}");
    }
}

#[test]
fn what_is_touched_is_covered_when_every_part_of_it_is() {
    use ObjectKind::{Facility, Funds, Goods, Place};
    let line = Allowed { on: vec![Place, Goods], ..Allowed::of(CompulsionKind::Seal) };
    assert_eq!(line.covers(&[Place]), Some(true));
    assert_eq!(line.covers(&[Goods, Place]), Some(true));
    assert_eq!(line.covers(&[Place, Facility]), Some(false));
    assert_eq!(line.covers(&[Funds]), Some(false));
    assert_eq!(line.covers(&[]), None);
    assert_eq!(Allowed::of(CompulsionKind::Seal).covers(&[Place]), None);
}
