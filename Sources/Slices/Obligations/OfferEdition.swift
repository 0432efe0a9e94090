import CivilTime
import Law
import People
import Storage

/// Tells the ledger that an edition was released, so that it discharges what it can.
package struct OfferEdition {
    package let edition: OfferedEdition

    package init(_ edition: OfferedEdition) {
        self.edition = edition
    }

    /// - Returns: the obligations that the publication discharges.
    /// - Throws: `LedgerProblem` when the publisher names an obligation that this edition cannot discharge.
    @discardableResult
    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws -> [String] {
        if !edition.obligation.isEmpty { try checkNamed(in: transaction) }
        try transaction.ledger.offer(edition)
        try Matching(transaction: transaction, law: law, occasion: occasion).match(edition)
        return try transaction.ledger.discharges(by: edition.publication).filter { !$0.revoked }.map(
            \.obligation)
    }

    private func checkNamed(in transaction: Transaction) throws {
        guard let named = try transaction.obligations.obligation(edition.obligation) else {
            throw LedgerProblem.obligationNotFound(edition.obligation)
        }
        guard [.open, .onTime, .late, .undetermined].contains(named.closed) else {
            throw LedgerProblem.obligationClosed(named.id, as: named.closed.title)
        }
        guard edition.body.isEmpty || edition.body == named.body else {
            throw LedgerProblem.obligationOfAnother(named.id, item: named.item, channel: named.channel)
        }
        let sameLot = edition.lot.isEmpty || named.lot.isEmpty || edition.lot == named.lot
        guard edition.item == named.item, edition.channel == named.channel, edition.project == named.project,
            sameLot
        else {
            throw LedgerProblem.obligationOfAnother(named.id, item: named.item, channel: named.channel)
        }
    }
}

/// Tells the ledger that a publication was withdrawn without replacement: what only it discharged is owed again, with
/// its original due day.
package struct RetractEdition {
    package let publication: String

    package init(publication: String) {
        self.publication = publication
    }

    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws {
        try transaction.ledger.retract(publication)
        let matching = Matching(transaction: transaction, law: law, occasion: occasion)
        let settlement = Settlement(transaction: transaction, occasion: occasion)
        let clock = Clock(transaction: transaction, law: law, occasion: occasion)
        for discharge in try transaction.ledger.discharges(by: publication) where !discharge.revoked {
            try transaction.ledger.set(discharge.asRevoked, on: occasion.today)
            // A standing duty falls back to the edition before, or to its first due day.
            try clock.renew(discharge.obligation, reason: "公开信息撤回")
            try settlement.settle(discharge.obligation)
            guard let obligation = try transaction.obligations.obligation(discharge.obligation) else {
                continue
            }
            try matching.match(obligation)
        }
    }
}

extension Obligation.Closed {
    /// Chinese, as a refusal names it.
    package var title: String {
        switch self {
        case .open: "未履行"
        case .onTime: "按时公开"
        case .late: "逾期公开"
        case .undetermined: "已公开，时效无法判定"
        case .withheld: "不予公开"
        case .notApplicable: "不适用"
        case .void: "已作废"
        }
    }
}

/// Tells the ledger that a publication has a newer edition: standing duties are fresh again from its day.
package struct RenewDischarges {
    package let publication: String
    package let edition: Int
    package let day: Day

    package init(publication: String, edition: Int, day: Day) {
        self.publication = publication
        self.edition = edition
        self.day = day
    }

    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws {
        try transaction.ledger.renewOffer(publication, edition: edition, day: day)
        for old in try transaction.ledger.discharges(by: publication) where !old.revoked {
            guard let obligation = try transaction.obligations.obligation(old.obligation), obligation.standing
            else {
                continue
            }
            try transaction.ledger.set(
                Discharge(
                    obligation: old.obligation, publication: publication, edition: edition, day: day,
                    basis: old.basis, verdict: old.verdict, revoked: false), on: occasion.today)
            try Clock(transaction: transaction, law: law, occasion: occasion)
                .renew(obligation.id, reason: "新版本公开")
            try Settlement(transaction: transaction, occasion: occasion).settle(obligation.id)
        }
    }
}
