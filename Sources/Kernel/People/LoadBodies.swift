import CivilTime
import Storage

/// Enters the jurisdictions of the data file; what is there already and unchanged is left alone.
package struct LoadJurisdictions {
    package let jurisdictions: [Jurisdiction]

    package init(_ jurisdictions: [Jurisdiction]) {
        self.jurisdictions = jurisdictions
    }

    package func perform(in transaction: Transaction, _ occasion: Occasion) throws {
        for jurisdiction in jurisdictions where try transaction.jurisdictions.put(jurisdiction) {
            transaction.journal(
                occasion.entry(
                    "jurisdiction.loaded", "jurisdiction", jurisdiction.code,
                    ["catalogue": jurisdiction.catalogue]))
        }
    }
}

/// Enters the bodies of one data file. Loading it again adds what is new and changes nothing that is there:
/// a county's own entries are never overwritten by an upgrade.
package struct LoadBodies {
    package let file: BodyFile

    package init(_ file: BodyFile) {
        self.file = file
    }

    /// - Throws: `BodyProblem.noJurisdiction` when the jurisdiction is not loaded.
    package func perform(in transaction: Transaction, _ occasion: Occasion) throws {
        let store = transaction.bodies
        guard try transaction.jurisdictions.jurisdiction(file.jurisdiction) != nil else {
            throw BodyProblem.noJurisdiction(file.jurisdiction)
        }
        for entry in file.bodies {
            if try store.body(entry.id, on: occasion.today) == nil {
                try store.insert(entry.body(of: file), names: entry.bodyNames)
                transaction.journal(
                    occasion.entry(
                        "body.registered", "body", entry.id,
                        ["jurisdiction": file.jurisdiction, "kind": entry.kind.rawValue]))
            } else {
                for name in entry.bodyNames
                where try store.add(name, to: entry.id, jurisdiction: file.jurisdiction) {
                    transaction.journal(occasion.entry("body.named", "body", entry.id))
                }
            }
        }
        for entry in file.bodies {
            for member in entry.members ?? [] where try store.add(member: member, to: entry.id) {
                transaction.journal(occasion.entry("body.joined", "body", member, ["collective": entry.id]))
            }
        }
    }
}

extension BodyFile.Entry {
    func body(of file: BodyFile) -> Body {
        Body(
            id: id, jurisdiction: file.jurisdiction, kind: kind, name: names[0].name, creditCode: creditCode,
            publishesHere: file.publishesHere && kind != .collective, territory: territory ?? "",
            open: open ?? false, ended: ended, successor: successor ?? "")
    }
}
