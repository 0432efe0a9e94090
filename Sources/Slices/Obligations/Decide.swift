import CivilTime
import Law
import People
import Storage

/// Decides that information is not disclosed: ground, clause, who, and the day on which it is looked at again.
///
/// - Law: 政府信息公开条例 art. 14–16, 18.
package struct WithholdObligation {
    package let obligation: String
    package let ground: String
    package let reason: String
    /// Twelve months from today when nil.
    package let reviewOn: Day?

    package init(obligation: String, ground: String, reason: String, reviewOn: Day?) {
        self.obligation = obligation
        self.ground = ground
        self.reason = reason
        self.reviewOn = reviewOn
    }

    package func perform(in transaction: Transaction, _ occasion: Occasion) throws -> Decision {
        let target = try transaction.openObligation(obligation)
        let allowed = WithholdingGround.allowed(for: target.eventKind)
        guard let ground = WithholdingGround(rawValue: ground) else {
            throw LedgerProblem.unknownGround(ground, allowed: allowed)
        }
        guard allowed.contains(ground) else {
            throw LedgerProblem.groundNotAllowed(ground, allowed: allowed, clause: "政府采购法实施条例 第五十条")
        }
        let review = reviewOn ?? occasion.today.adding(months: 12)
        guard review > occasion.today, review <= occasion.today.adding(months: 36) else {
            throw LedgerProblem.reviewDayInvalid(review, today: occasion.today)
        }
        return try Decision(
            id: transaction.newID(), obligation: target.id, kind: .withheld, ground: ground.rawValue,
            clause: ground.clause, reason: checkedReason(reason), decidedBy: occasion.actor,
            day: occasion.today,
            reviewOn: review, revokedOn: nil, revokedBy: "", revokedReason: ""
        ).enter(in: transaction, occasion)
    }
}

/// Decides that an item does not apply to this case, with the reason.
package struct MarkNotApplicable {
    package let obligation: String
    package let reason: String

    package init(obligation: String, reason: String) {
        self.obligation = obligation
        self.reason = reason
    }

    package func perform(in transaction: Transaction, _ occasion: Occasion) throws -> Decision {
        let target = try transaction.openObligation(obligation)
        return try Decision(
            id: transaction.newID(), obligation: target.id, kind: .notApplicable, ground: "", clause: "",
            reason: checkedReason(reason), decidedBy: occasion.actor, day: occasion.today, reviewOn: nil,
            revokedOn: nil, revokedBy: "", revokedReason: ""
        ).enter(in: transaction, occasion)
    }
}

/// Takes a decision back with a reason: the obligation is owed again with its original due day.
package struct RevokeDecision {
    package let decision: String
    package let reason: String

    package init(decision: String, reason: String) {
        self.decision = decision
        self.reason = reason
    }

    package func perform(in transaction: Transaction, _ occasion: Occasion) throws {
        guard let found = try transaction.ledger.decision(decision) else {
            throw LedgerProblem.decisionNotFound(decision)
        }
        guard found.revokedOn == nil else { throw LedgerProblem.decisionRevoked(decision) }
        try transaction.ledger.revoke(
            decision, on: occasion.today, by: occasion.actor, reason: checkedReason(reason))
        transaction.journal(
            occasion.entry("decision.revoked", "decision", decision, ["obligation": found.obligation]))
        try Settlement(transaction: transaction, occasion: occasion).settle(found.obligation)
    }
}

extension Decision {
    fileprivate func enter(in transaction: Transaction, _ occasion: Occasion) throws -> Decision {
        try transaction.ledger.insert(self)
        transaction.journal(
            occasion.entry(
                "decision.made", "decision", id,
                [
                    "obligation": obligation, "kind": kind.rawValue, "ground": ground,
                    "review": reviewOn?.description ?? "",
                ]))
        try Settlement(transaction: transaction, occasion: occasion).settle(obligation)
        return self
    }
}

/// A reason that says something: four characters that are not spaces, 1,000 at most.
func checkedReason(_ reason: String) throws -> String {
    guard reason.unicodeScalars.count(where: { !$0.properties.isWhitespace }) >= 4 else {
        throw LedgerProblem.reasonMissing
    }
    guard reason.unicodeScalars.count <= 1000 else { throw LedgerProblem.tooLong("理由", limit: 1000) }
    try EnteredText(reason, as: "理由（--reason）").checkLines()
    return reason
}

extension Transaction {
    /// An obligation that nothing has closed yet.
    fileprivate func openObligation(_ id: String) throws -> Obligation {
        guard let obligation = try obligations.obligation(id) else {
            throw LedgerProblem.obligationNotFound(id)
        }
        guard obligation.closed == .open else {
            throw LedgerProblem.obligationClosed(id, as: obligation.closed.title)
        }
        return obligation
    }
}
