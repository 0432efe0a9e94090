import Catalogue
import CivilTime
import Markup

/// A document made public, through its numbered editions (公开信息).
package struct Publication: Sendable, Hashable, Codable {
    package enum Origin: String, Sendable, Codable {
        case local, imported
    }

    package enum State: String, Sendable, Codable {
        case released, withdrawn
    }

    package let id: String
    /// The catalogue item it belongs to, or empty.
    package let item: String
    package let jurisdiction: String
    package let body: String
    package let project: String
    package let lot: String
    package let period: String
    package let channel: String
    /// Whom it may reach.
    package let audience: Audience
    package let origin: Origin
    /// The source's name and its own identifier of the record; empty for local ones.
    package let source: String
    package let sourceKey: String
    package let state: State
    /// The number of its last edition.
    package let editions: Int
    /// The title of its last edition that was not a withdrawal.
    package let title: String
    /// The day of the first edition's release, or the day that the source claims; nil when it claims none.
    package let day: Day?
    /// When this instance saw its first edition, UTC.
    package let firstSeenAt: String
}

/// One immutable version of a publication (版本).
package struct Edition: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Codable {
        case first, correction, withdrawal

        package var title: String {
            switch self {
            case .first: "首次公开"
            case .correction: "更正"
            case .withdrawal: "撤回"
            }
        }
    }

    package let publication: String
    /// 1, 2, 3 …
    package let number: Int
    package let kind: Kind
    /// nil for a withdrawal, and where the law had the content erased.
    package let record: EditionRecord?
    /// SHA-256 of the record's bytes, lower-case hex; empty where there is no record.
    package let sha256: String
    /// Why it was corrected or withdrawn; empty for the first.
    package let reason: String
    /// The time that the source claims, as it writes it; empty for local ones.
    package let claimedAt: String
    package let releasedAt: String
    package let releasedDay: Day
    package let releasedBy: String
    /// nil: nothing was erased.
    package var erasure: Erasure?

    /// That and why an edition's content is gone for good (依法删除). The edition and its time stay.
    package struct Erasure: Sendable, Hashable, Codable {
        package let at: String
        package let ground: ErasureGround
        package let clause: String
    }
}

/// Why content that was public may be erased.
package enum ErasureGround: String, Sendable, Hashable, Codable, CaseIterable {
    case personalInformation = "personal-information"
    case stateSecret = "state-secret"
    case othersSecret = "others-secret"
    case order

    package var title: String {
        switch self {
        case .personalInformation: "个人信息"
        case .stateSecret: "国家秘密"
        case .othersSecret: "商业秘密、个人隐私"
        case .order: "司法机关、主管机关的决定"
        }
    }

    /// The clause that it rests on; nil where only the decision itself can name it.
    package var clause: String? {
        switch self {
        case .personalInformation: "个人信息保护法 第四十七条"
        case .stateSecret: "政府信息公开条例 第十四条"
        case .othersSecret: "政府信息公开条例 第十五条"
        case .order: nil
        }
    }
}

/// What an edition says: the content that readers see and hashes cover.
package struct EditionRecord: Sendable, Hashable, Codable {
    package var title: String
    /// Plain text; paragraphs are separated by line breaks.
    package var text: String
    /// 发文字号
    package var documentNumber: String
    /// 来源
    package var sourceName: String
    /// Where the source shows it; empty for local ones.
    package var address: String
    /// SHA-256 of the source's own record, lower-case hex; empty for local ones.
    package var sourceHash: String
    /// 索引号. Like all that follow it is left out of the stored bytes while it is nil: older records keep their hashes.
    package var indexNumber: String?
    /// 公文种类: 通知, 公告 …
    package var documentKind: String?
    /// 主送机关, as printed.
    package var addressees: String?
    /// 附件, in their order; nil for none.
    package var attachments: [Attachment]?
    /// 公开属性, as printed: 主动公开, 此件公开发布 …
    package var openness: String?
    /// 成文日期: the day under the paper's words.
    package var dated: Day?
    /// 印发机关: who printed and sent it out, often an office and not the body that speaks.
    package var issuer: String?
    /// How the text is written; nil for plain words.
    package var textForm: TextForm?

    /// The text without its marks.
    package var plainText: String { textForm.map { MarkedText(text, form: $0).plain } ?? text }

    /// A file that goes with the words: what it is called, and where it lies. Its bytes are kept elsewhere.
    package struct Attachment: Sendable, Hashable, Codable {
        package let name: String
        /// nil where nobody gave a usable one.
        package let address: String?
        /// SHA-256 in lower-case hex; nil where its bytes were never seen here.
        package let sha256: String?

        package init(name: String, address: String? = nil, sha256: String? = nil) {
            self.name = name
            self.address = address
            self.sha256 = sha256
        }
    }

    package init(
        title: String, text: String, documentNumber: String = "", sourceName: String = "",
        address: String = "",
        sourceHash: String = ""
    ) {
        self.title = title
        self.text = text
        self.documentNumber = documentNumber
        self.sourceName = sourceName
        self.address = address
        self.sourceHash = sourceHash
    }
}
