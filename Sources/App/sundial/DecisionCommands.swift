import ArgumentParser
import CivilTime
import Obligations
import Platform
import Storage

private func answer(_ decision: Decision, json: Bool) throws {
    if json {
        try Printed.json(decision)
    } else {
        let title = decision.kind == .withheld ? "不予公开（\(decision.ground)，\(decision.clause)）" : "不适用"
        Printed.line("决定 \(decision.id)：公开义务 \(decision.obligation) \(title)")
        if let review = decision.reviewOn { Printed.line("  复核日 \(review)") }
    }
}

/// `sundial withhold`: a decision not to disclose.
struct WithholdCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withhold",
        abstract: "Decide not to disclose (不予公开): ground, clause, reason and a review day.",
        discussion: "Grounds: " + WithholdingGround.allCases.map(\.rawValue).joined(separator: "、") + ".")

    @OptionGroup var act: ActOptions
    @Argument(help: "The obligation's id.")
    var obligation: String
    @Option(help: "The ground, one of those below.")
    var ground: String
    @Option(help: "The reason in this case.")
    var reason: String
    @Option(
        help: ArgumentHelp(
            "When it is looked at again; twelve months from today by default.", valueName: "day"),
        transform: readDay)
    var reviewOn: Day?

    func run() async throws {
        let decision = try await act.withHouse { house in
            try await house.act(as: act.actor) { transaction, _, occasion in
                try WithholdObligation(
                    obligation: obligation, ground: ground, reason: reason, reviewOn: reviewOn
                )
                .perform(in: transaction, occasion)
            }
        }
        try answer(decision, json: act.json)
    }
}

/// `sundial not-applicable`: the item does not apply to this case.
struct NotApplicableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "not-applicable",
        abstract: "Decide that an obligation does not apply to this case (不适用).")

    @OptionGroup var act: ActOptions
    @Argument(help: "The obligation's id.")
    var obligation: String
    @Option(help: "The reason in this case.")
    var reason: String

    func run() async throws {
        let decision = try await act.withHouse { house in
            try await house.act(as: act.actor) { transaction, _, occasion in
                try MarkNotApplicable(obligation: obligation, reason: reason).perform(
                    in: transaction, occasion)
            }
        }
        try answer(decision, json: act.json)
    }
}

/// `sundial revoke`: takes a decision back.
struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke a decision (撤销决定): the obligation is owed again with its original due day.")

    @OptionGroup var act: ActOptions
    @Argument(help: "The decision's id.")
    var decision: String
    @Option(help: "Why it is revoked; kept with the decision.")
    var reason: String

    func run() async throws {
        let revoked = try await act.withHouse { house in
            try await house.act(as: act.actor) { transaction, _, occasion in
                try RevokeDecision(decision: decision, reason: reason).perform(in: transaction, occasion)
                return try transaction.ledger.decision(decision)
            }
        }
        guard let revoked else { return }
        if act.json {
            try Printed.json(revoked)
        } else {
            Printed.line("决定 \(revoked.id) 已撤销；公开义务 \(revoked.obligation) 恢复")
        }
    }
}
