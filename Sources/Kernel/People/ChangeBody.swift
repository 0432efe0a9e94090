import CivilTime
import Storage

/// Gives a body a new official name from a day on; the name before ends the day before (机构更名).
package struct RenameBody {
    package let body: String
    package let name: String
    package let from: Day

    package init(body: String, name: String, from: Day) {
        self.body = body
        self.name = name
        self.from = from
    }

    package func perform(in transaction: Transaction, _ occasion: Occasion) throws {
        let store = transaction.bodies
        guard BodyProblem.usable(name) else { throw BodyProblem.unusableName }
        guard let known = try store.body(body, on: from) else { throw BodyProblem.noBody(body) }
        let others = try store.bodies(named: name, in: known.jurisdiction, on: from)
        guard others.allSatisfy({ $0.id == body || $0.kind == .external }) else {
            throw BodyProblem.nameTaken(name)
        }
        try store.closeOfficialNames(of: body, before: from)
        let new = BodyName(name: name, official: true, from: from)
        if try store.add(new, to: body, jurisdiction: known.jurisdiction) {
            transaction.journal(occasion.entry("body.renamed", "body", body, ["from": from.description]))
        }
    }
}

/// Enters a body as a member of a collective (各镇乡), or as one of a class (国有企业).
///
/// A class says what a body is. It never expands to its members: who of them is concerned depends on the matter.
package struct AddMember {
    package let collective: String
    package let member: String
    /// nil: always was.
    package let from: Day?

    package init(collective: String, member: String, from: Day? = nil) {
        self.collective = collective
        self.member = member
        self.from = from
    }

    package func perform(in transaction: Transaction, _ occasion: Occasion) throws {
        let store = transaction.bodies
        guard let known = try store.body(collective, on: occasion.today) else {
            throw BodyProblem.noBody(collective)
        }
        guard known.kind == .collective else { throw BodyProblem.notCollective(collective) }
        guard try store.body(member, on: occasion.today) != nil else { throw BodyProblem.noBody(member) }
        if try store.add(member: member, to: collective, from: from) {
            transaction.journal(occasion.entry("body.joined", "body", member, ["collective": collective]))
        }
    }
}

/// Says whether this instance publishes for a body, so that its silence counts.
package struct PublishForBody {
    package let body: String
    package let publishesHere: Bool

    package init(body: String, publishesHere: Bool) {
        self.body = body
        self.publishesHere = publishesHere
    }

    package func perform(in transaction: Transaction, _ occasion: Occasion) throws {
        guard try transaction.bodies.body(body, on: occasion.today) != nil else {
            throw BodyProblem.noBody(body)
        }
        if try transaction.bodies.setPublishesHere(publishesHere, body: body) {
            transaction.journal(
                occasion.entry(
                    "body.publishing_set", "body", body, ["publishesHere": publishesHere ? "1" : "0"]))
        }
    }
}
