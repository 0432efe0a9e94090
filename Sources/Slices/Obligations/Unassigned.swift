import Catalogue
import Law
import People
import Storage

/// A duty for which the registry knows nobody: a finding about the item says so, and nobody is owed by a guess.
struct Unassigned {
    let transaction: Transaction
    let law: LawBook
    let occasion: Occasion

    /// Once an item, whatever asks again.
    func note(_ duty: Duty) throws {
        let subject = duty.item.jurisdiction + "/" + duty.item.id
        guard try transaction.findings.findings(of: subject, kind: "item").isEmpty else { return }
        try transaction.findings.insert(
            Finding(
                id: transaction.newID(), rule: "unassigned", ruleVersion: law.version, weight: .note,
                clause: "",
                verified: true, subjectKind: "item", subject: subject, project: "", body: "",
                detail: "“\(duty.item.title)”没有已登记的公开主体，未据此产生公开义务；请先登记该主体，或者登记办理单位所属的类别。",
                quotes: [], confidence: .field, at: occasion.now))
    }
}
