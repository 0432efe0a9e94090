import CivilTime
import Law
import Obligations
import People
import Publishing
import Storage

/// Turns the dated facts of a notice into events, and follows the source when a later edition says otherwise.
struct NoticeFacts {
    let notice: ParsedNotice
    let publication: Publication
    let edition: Int

    func record(in transaction: Transaction, _ law: LawBook, _ occasion: Occasion) throws {
        let earlier = try (1..<edition).flatMap {
            try transaction.events.current(evidencedBy: "\(publication.id)/\($0)")
        }
        var standing = earlier
        for fact in notice.events {
            let lot = fact.lot ?? ""
            let index = standing.firstIndex { $0.kind == fact.kind && $0.lot == lot }
            let known = index.map { standing.remove(at: $0) }
            guard isFact(fact, law, occasion.today) else { continue }
            if let known {
                try follow(known, fact, in: transaction, law, occasion)
            } else {
                try enter(fact, in: transaction, law, occasion)
            }
        }
        for event in standing {
            try VoidEvent(event: event.id, reason: "来源的新版本不再载明").perform(in: transaction, law: law, occasion)
        }
    }

    /// What has not happened yet is no fact: the notice that tells of it afterwards will be imported too. A deadline may
    /// lie ahead when it is stated; as a bound it is the claimed day of publication, which is not believed then.
    private func isFact(_ fact: NoticeEvent, _ law: LawBook, _ today: Day) -> Bool {
        fact.day <= today || fact.basis == .stated && law.eventKind(fact.kind)?.mayLieAhead ?? false
    }

    private func follow(
        _ event: Event, _ fact: NoticeEvent, in transaction: Transaction, _ law: LawBook, _ occasion: Occasion
    ) throws {
        guard event.day != fact.day || event.basis != fact.dayBasis else { return }
        let other = try transaction.events.event(naturalKey: fact.naturalKey)
        if let other, other.root != event.root {
            // Another notice has told the corrected fact already: it stands once.
            try VoidEvent(event: event.id, reason: "来源更正为另一公告已载明的事实")
                .perform(in: transaction, law: law, occasion)
            return
        }
        _ = try AmendEvent(
            event: event.id, day: fact.day, basis: fact.dayBasis, evidence: evidence(of: fact),
            reason: "来源内容变更", naturalKey: fact.naturalKey
        ).perform(in: transaction, law: law, occasion)
    }

    /// A fact that another notice told before is the same fact.
    private func enter(
        _ fact: NoticeEvent, in transaction: Transaction, _ law: LawBook, _ occasion: Occasion
    ) throws {
        guard try transaction.events.event(naturalKey: fact.naturalKey) == nil else { return }
        var record = RecordEvent(
            kind: fact.kind, body: publication.body, day: fact.day, basis: fact.dayBasis)
        record.jurisdiction = publication.jurisdiction
        record.project = publication.project
        record.lot = fact.lot ?? ""
        record.time = fact.time ?? ""
        record.evidence = evidence(of: fact)
        record.evidenceEdition = "\(publication.id)/\(edition)"
        record.naturalKey = fact.naturalKey
        _ = try record.perform(in: transaction, law: law, occasion)
    }

    private func evidence(of fact: NoticeEvent) -> String {
        switch fact.place {
        case .field(let name): "字段 \(name)"
        case .text(_, let quote): quote
        case nil: NoticeEvent.undated
        }
    }
}

extension NoticeEvent {
    /// What stands for evidence where a notice gives no day: our sentence, and no quotation.
    package static let undated = "公告未载明日期；不晚于公告声明的发布日"

    var dayBasis: DayBasis { basis == .stated ? .stated : .inferred }
}
