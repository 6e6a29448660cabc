use super::*;

#[test]
fn a_departure_reads_back_as_it_is_written() {
    for line in [
        "管辖|违法行为人居住地的公安机关|依照《甲法》第七条",
        "追责时效|5年|依照《中华人民共和国税收征收管理法》第八十六条",
        "追责时效|6个月|依照《甲法》第七条",
        "执法人员|1人|依照《甲法》第七条第二款",
        "当场罚款|500元|对个人；依照《甲法》第七条",
        "当场罚款|500.5元|依照《甲法》第七条",
        "办案期限|30日|依照《甲法》第七条",
        "办案期限|20个工作日|依照《甲法》第七条",
    ] {
        let read = Otherwise::read(line).unwrap();
        assert_eq!(read.to_string(), line);
        let stored = serde_json::to_value(&read).unwrap();
        assert_eq!(serde_json::from_value::<Otherwise>(stored.clone()).unwrap(), read);
        let [zh, en] = told_otherwise(&stored).unwrap();
        assert!(zh.contains(&read.under) && en.contains(&read.under), "{zh} {en}");
    }
}

#[test]
fn says_what_is_wrong_with_a_departure() {
    for line in [
        "",
        "时效|5年|依照《甲法》第七条",
        "追责时效|五年|依照《甲法》第七条",
        "追责时效|0年|依照《甲法》第七条",
        "追责时效|24小时|依照《甲法》第七条",
        "追责时效|5年",
        "追责时效|5年|依照甲法第七条",
        "追责时效|5年|对个人；依照《甲法》第七条",
        "执法人员|0人|依照《甲法》第七条",
        "执法人员|300人|依照《甲法》第七条",
        "当场罚款|500|依照《甲法》第七条",
        "当场罚款|500元|对农户；依照《甲法》第七条",
        "管辖||依照《甲法》第七条",
        "办案期限|30日|依照《甲法》第七条；依照《乙法》第七条",
    ] {
        let bad = Otherwise::read(line).unwrap_err();
        assert!(!bad.zh.is_empty() && !bad.en.is_empty(), "{line}");
    }
}
