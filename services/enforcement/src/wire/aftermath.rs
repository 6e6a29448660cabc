//! A court's sentence, confiscated goods, money that goes back.

use super::prelude::*;

kernel::asks! { Cases, Step, case_id;
    RecordSentenceRequest => RecordSentence(SentencePassed) |r, f, s| {
        court: f.name("court", &r.court),
        document: f.name("document", &r.document),
        crime: f.name("crime", &r.crime),
        fine_fen: f.fen("fine_fen", r.fine_fen),
        confined: Some(r.confined),
    };

    SetOffPenaltyRequest => SetOffPenalty(PenaltySetOff) |r, f, s| {
        fine_fen: f.fen("fine_fen", r.fine_fen),
        days: f.small("days", r.days),
        document: f.name("document", &r.document),
    };

    DisposeGoodsRequest => DisposeGoods(GoodsDisposed) |r, f, s| {
        what: f.said("what", &r.what),
        way: f.word("way", r.way),
        basis: f.maybe("basis", &r.basis),
        proceeds_fen: f.fen("proceeds_fen", r.proceeds_fen),
        receipt: f.maybe("receipt", &r.receipt),
        goods: f.small("goods", r.goods).map(|goods: u16| Some(goods).filter(|goods| *goods > 0)),
    };

    RefundFineRequest => RefundFine(FineRefunded) |r, f, s| {
        amount_fen: f.fen("amount_fen", r.amount_fen),
        reason: f.said("reason", &r.reason),
        document: f.name("document", &r.document),
    };
}
