import CivilTime
import Foundation
import Identifiers
import Law

/// The bodies of one jurisdiction as a data file lists them: `bodies-FG.json`.
package struct BodyFile: Sendable, Codable {
    package struct Entry: Sendable, Codable {
        package struct Name: Sendable, Codable {
            package let name: String
            package let alias: Bool?
            package let from: Day?
            package let to: Day?
        }

        package let id: String
        package let kind: BodyKind
        package let names: [Name]
        package let creditCode: String?
        package let territory: String?
        package let open: Bool?
        package let ended: Day?
        package let successor: String?
        /// Ids of the members of a collective.
        package let members: [String]?
        /// Whether the plan's own list of departments names it.
        package let listed: Bool?

        /// The first name and every dated one are official; the others are aliases.
        package var bodyNames: [BodyName] {
            names.enumerated().map { index, entry in
                let dated = entry.from != nil || entry.to != nil
                return BodyName(
                    name: entry.name, official: entry.alias != true && (index == 0 || dated),
                    from: entry.from,
                    to: entry.to)
            }
        }
    }

    package let jurisdiction: String
    /// Where the names were read.
    package let source: String
    package let note: String
    package let publishesHere: Bool
    package let bodies: [Entry]

    /// The built-in bodies of that jurisdiction, or nil when none are built in.
    ///
    /// - Throws: `LawFileError` when the file is broken.
    package static func builtIn(_ jurisdiction: String) throws -> BodyFile? {
        let name = "bodies-\(jurisdiction).json"
        return try DataFiles.builtIn(name).map { try parse($0, name: name) }
    }

    package static func parse(_ bytes: [UInt8], name: String) throws -> BodyFile {
        let file: BodyFile
        do {
            file = try JSONDecoder().decode(BodyFile.self, from: Data(bytes))
        } catch {
            throw LawFileError(detail: "\(name): \(error)")
        }
        try file.check(name)
        return file
    }

    private func check(_ file: String) throws {
        var ids: Set<String> = []
        for body in bodies {
            guard ids.insert(body.id).inserted else {
                throw LawFileError(detail: "\(file): two bodies \(body.id)")
            }
            guard !body.names.isEmpty else { throw LawFileError(detail: "\(file): \(body.id) has no name") }
            try body.checkCode(file)
        }
        for body in bodies {
            for other in (body.members ?? []) + (body.successor.map { [$0] } ?? []) where !ids.contains(other)
            {
                throw LawFileError(detail: "\(file): \(body.id) points to \(other), which is not there")
            }
        }
    }
}

extension BodyFile.Entry {
    /// The file holds codes as they are kept: upper case, and right.
    fileprivate func checkCode(_ file: String) throws(LawFileError) {
        guard let creditCode else { return }
        let code: CreditCode
        do throws(CodeFlaw) {
            code = try CreditCode(creditCode)
        } catch {
            throw LawFileError(detail: "\(file): \(id): \(error.sentence)")
        }
        guard code.text == creditCode else {
            throw LawFileError(detail: "\(file): \(id): the credit code is not in upper case")
        }
    }
}

/// The jurisdictions that are built in: `jurisdictions.json`.
package struct JurisdictionFile: Sendable, Codable {
    package let version: String
    package let jurisdictions: [Jurisdiction]

    package static func builtIn() throws -> JurisdictionFile {
        guard let bytes = DataFiles.builtIn("jurisdictions.json") else {
            throw LawFileError(detail: "jurisdictions.json is not built in")
        }
        do {
            return try JSONDecoder().decode(JurisdictionFile.self, from: Data(bytes))
        } catch {
            throw LawFileError(detail: "jurisdictions.json: \(error)")
        }
    }

    package func jurisdiction(_ code: String) -> Jurisdiction? {
        jurisdictions.first { $0.code == code }
    }
}
