import Law

/// Why the door stays shut.
package enum PublishingProblem: Refusal, Hashable {
    case titleMissing
    case textMissing
    case unknownSource(String)
    case tooLong(String, limit: Int, unit: String = "个字符")
    case attachmentNameUnusable(String)
    case attachmentAddressUnusable(String)
    case periodUnreadable(String)
    case unknownBody(String)
    case unknownItem(String, jurisdiction: String)
    case itemNeverLeaves(String)
    case itemIsNoMatter(String, kind: String)
    case audienceTooWide(item: String, audience: String)
    case withheld(decision: String, ground: String, clause: String)
    case notFound(String)
    case noEdition(String, number: Int)
    case firstEdition(String)
    case withdrawn(String)
    case unchanged(String)
    case reasonMissing
    case importedNotOurs(String)
    case obligationNotReached(String)
    case unknownChannel(String, known: [String])
    case nothingToErase(String)
    case unknownErasureGround(String)
    case clauseMissing
    /// A clause that is neither a law's nor a document's number.
    case clauseForm
    case erased(String)
    case wordsGone(String)

    package var kind: RefusalKind {
        switch self {
        case .unknownSource, .unknownBody, .unknownItem, .notFound, .noEdition, .firstEdition, .wordsGone:
            .notFound
        case .itemNeverLeaves, .itemIsNoMatter, .audienceTooWide, .withheld, .importedNotOurs,
            .obligationNotReached:
            .forbidden
        case .withdrawn, .unchanged, .nothingToErase, .erased: .conflict
        case .tooLong: .tooMuch
        case .titleMissing, .textMissing, .periodUnreadable, .reasonMissing, .unknownChannel,
            .unknownErasureGround, .clauseMissing, .clauseForm, .attachmentNameUnusable,
            .attachmentAddressUnusable:
            .invalid
        }
    }

    package var code: String {
        switch self {
        case .titleMissing: "publication-title-missing"
        case .textMissing: "publication-text-missing"
        case .unknownSource: "source-unknown"
        case .tooLong: "publication-too-long"
        case .attachmentNameUnusable: "attachment-name-unusable"
        case .attachmentAddressUnusable: "attachment-address-unusable"
        case .periodUnreadable: "publication-period-unreadable"
        case .unknownBody: "body-unknown"
        case .unknownItem: "item-unknown"
        case .itemNeverLeaves: "item-internal"
        case .itemIsNoMatter: "item-is-no-matter"
        case .audienceTooWide: "audience-too-wide"
        case .withheld: "publication-withheld"
        case .notFound: "publication-not-found"
        case .noEdition: "edition-not-found"
        case .firstEdition: "edition-is-first"
        case .withdrawn: "publication-withdrawn"
        case .unchanged: "publication-unchanged"
        case .reasonMissing: "reason-missing"
        case .importedNotOurs: "publication-imported"
        case .obligationNotReached: "obligation-not-reached"
        case .unknownChannel: "channel-unknown"
        case .nothingToErase: "nothing-to-erase"
        case .unknownErasureGround: "erasure-ground-unknown"
        case .clauseMissing: "clause-missing"
        case .clauseForm: "clause-form"
        case .wordsGone: "publication-words-gone"
        case .erased: "publication-erased"
        }
    }

    package var detail: String {
        switch self {
        case .titleMissing: "标题不能为空。"
        case .unknownSource(let source):
            "没有从“\(source)”采集过任何信息；没有采集过的来源不能声明完整，请核对来源名称。"
        case .textMissing: "正文不能为空（--text 或者 --text-file）：没有内容的文件不算公开。"
        case .tooLong(let what, let limit, let unit): "\(what)过长，最多 \(limit) \(unit)。"
        case .attachmentNameUnusable(let name):
            "附件名称“\(name.prefix(40))”不能用：须有文字，最多 \(EditionRecord.attachmentNameMax) 个字符。"
        case .attachmentAddressUnusable(let address):
            "附件地址“\(address.prefix(80))”不能用：须以 http:// 或者 https:// 开头，没有空格，最多 "
                + "\(EditionRecord.attachmentAddressBytesMax) 字节。"
        case .periodUnreadable(let period):
            "“\(period.prefix(20))”不是周期；请写月 2026-10、季 2026-Q3、半年 2026-H1 或者年 2026（--period）。"
        case .unknownBody(let body): "没有登记名为“\(body)”的公开主体；请核对名称，或先登记该主体。"
        case .unknownItem(let item, let jurisdiction): "辖区 \(jurisdiction) 的公开目录里没有事项“\(item)”。"
        case .itemNeverLeaves(let item): "事项“\(item)”为内部事项，不对外公开。"
        case .itemIsNoMatter(let item, let kind): "“\(item)”在目录中标为“\(kind)”，请改用具体的公开事项。"
        case .audienceTooWide(let item, let audience): "事项“\(item)”只向“\(audience)”公开，不能向更大范围公开。"
        case .withheld(let decision, let ground, _):
            "对应的公开义务已决定以“\(ground)”不予公开；须先撤销该决定（\(decision)）。公开的是另一事项的，"
                + "请指明其项目、标段（--project、--lot）或者公开义务（--obligation）。"
        case .notFound(let id): "没有编号为“\(id)”的公开信息。"
        case .noEdition(let id, let number): "公开信息“\(id)”没有第 \(number) 版；它的各个版本见该信息的页面。"
        case .firstEdition(let id): "公开信息“\(id)”的第 1 版是首次公开，没有更早的版本可以比较。"
        case .withdrawn(let id): "公开信息“\(id)”已撤回，不能再更正或者撤回；请重新公开。"
        case .unchanged(let id): "内容与“\(id)”现行版本相同，没有可更正之处。"
        case .reasonMissing: "须写明理由（--reason），至少四个字。"
        case .importedNotOurs(let source): "该信息采集自“\(source)”，只能由来源更正或者撤回。"
        case .obligationNotReached(let id):
            "公开义务“\(id)”不能由此公开履行：须指明其事项（--item），且公开范围不得小于该事项的公开对象。"
        case .unknownChannel(let channel, let known):
            "没有渠道“\(channel)”；可用：\(known.joined(separator: "、"))。"
        case .nothingToErase(let id): "公开信息“\(id)”的该版本没有内容可删：没有这一版、本为撤回，或者已经删除。"
        case .unknownErasureGround(let ground):
            "没有删除依据“\(ground)”；可用：\(ErasureGround.allCases.map(\.rawValue).joined(separator: "、"))（--ground）。"
        case .clauseMissing: "依据有关机关的决定删除，须写明决定或者条款（--clause）。"
        case .clauseForm:
            "--clause 只能是法律条款（如：个人信息保护法 第四十七条）或者文书编号（如：某院（2026）某民终1号）：它写入透明日志，"
                + "永远删不掉，所以不能有别的文字。"
        case .wordsGone(let id): "公开信息“\(id)”的内容已经撤回或者依法删除，没有文字可以对照。"
        case .erased(let id): "公开信息“\(id)”的内容已依法删除，不再采集。"
        }
    }

    package var clause: String? {
        switch self {
        case .withheld(_, _, let clause): clause
        case .audienceTooWide: "凤府办函〔2018〕52号 附件1 二（二）1、2"
        case .itemNeverLeaves: "凤府办函〔2018〕52号 附件1 二（一）1"
        default: nil
        }
    }
}
