import CivilTime

/// What kind of organisation a body is.
package enum BodyKind: String, Sendable, Hashable, Codable {
    /// 行政机关 and what acts for it.
    case organ
    /// 公共企事业单位 under the registry's jurisdiction.
    case enterprise
    /// Known only from what it published or was named in.
    case external
    /// One name for several bodies (各镇乡), or for whichever bodies a matter concerns (各有关部门).
    case collective
}

/// An organisation with duties (公开主体), under the name it bears on the day it was asked for.
package struct Body: Sendable, Hashable, Codable {
    package let id: String
    package let jurisdiction: String
    package let kind: BodyKind
    package let name: String
    /// 统一社会信用代码, or nil.
    package let creditCode: String?
    /// Whether this instance publishes for it. Where it does not, silence proves nothing.
    package let publishesHere: Bool
    /// What it governs by territory (a township, a zone); empty for bodies that have a function instead.
    package let territory: String
    /// A collective whose members depend on the matter: it never expands.
    package let open: Bool
    /// The last day of its existence, or nil.
    package let ended: Day?
    /// The body that took over on the day after `ended`; empty when none did.
    package let successor: String

    package init(
        id: String, jurisdiction: String, kind: BodyKind, name: String, creditCode: String? = nil,
        publishesHere: Bool = false, territory: String = "", open: Bool = false, ended: Day? = nil,
        successor: String = ""
    ) {
        self.id = id
        self.jurisdiction = jurisdiction
        self.kind = kind
        self.name = name
        self.creditCode = creditCode
        self.publishesHere = publishesHere
        self.territory = territory
        self.open = open
        self.ended = ended
        self.successor = successor
    }
}

/// A name that a body bears or bore.
package struct BodyName: Sendable, Hashable, Codable {
    package let name: String
    /// Whether it is the name the body signs with; otherwise an alias under which papers mention it.
    package let official: Bool
    /// nil when it always bore the name.
    package let from: Day?
    /// The last day; nil when it still bears the name.
    package let to: Day?

    package init(name: String, official: Bool, from: Day? = nil, to: Day? = nil) {
        self.name = name
        self.official = official
        self.from = from
        self.to = to
    }

    /// The form in which names are compared: no spaces, half width, lower case.
    package var folded: String { BodyName.fold(name) }

    package static func fold(_ name: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in name.unicodeScalars where !scalar.properties.isWhitespace && scalar.value != 0xFEFF {
            // Most of a name: characters without another width or case.
            if (0x4E00...0x9FFF).contains(scalar.value) {
                folded.append(scalar)
                continue
            }
            let narrow =
                (0xFF01...0xFF5E).contains(scalar.value)
                ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            folded.append(contentsOf: narrow.properties.lowercaseMapping.unicodeScalars)
        }
        return String(folded)
    }
}
