import Catalogue
import Publishing
import Transparency
import Web

/// A leaf of the log as lists and data show it: what its bytes say, and where the thing has its page.
struct LeafRow: Encodable, Sendable {
    let index: Int
    let act: String
    let actName: String
    /// UTC.
    let at: String
    let kind: String
    let subject: String
    /// null where the thing has no page, and where it is not meant for everybody.
    let address: OrNull<String>

    fileprivate init(_ leaf: LogLeaf, _ entry: LeafEntry, place: Link?) {
        index = leaf.index
        act = entry.act
        actName = LeafWords.title(of: entry.act)
        at = entry.at
        kind = entry.kind
        subject = entry.subject
        address = OrNull(place?.address)
    }
}

extension Reading {
    func rows(_ leaves: [LogLeaf]) throws -> [LeafRow] {
        let papers = leaves.filter { $0.subjectKind == "publication" }.map(\.subject)
        let open = try transaction.publications.publications(papers, audience: .everyone)
        return try leaves.map { leaf in
            let entry = try leaf.read()
            let isClosed = entry.kind == "publication" && open[entry.subject] == nil
            return LeafRow(leaf, entry, place: isClosed ? nil : entry.place)
        }
    }
}

extension LeafEntry {
    /// Where the thing has its page; nil where it has none.
    fileprivate var place: Link? {
        switch kind {
        case "publication": "/publications/\(subject)"
        case "obligation": "/obligations/\(subject)"
        case "decision": change["obligation"].map { "/obligations/\($0)" }
        default: nil
        }
    }
}

extension LeafRow {
    var link: Link { "/log/leaves/\(index)" }

    /// The thing, linked where it has a page.
    var thing: HTML {
        let name: HTML = "\(LeafWords.kind(kind)) <span class=\"code\">\(subject)</span>"
        return switch kind {
        case _ where address.value == nil: name
        case "publication": "<a href=\"/publications/\(subject)\">\(name)</a>"
        case "obligation": "<a href=\"/obligations/\(subject)\">\(name)</a>"
        default: name
        }
    }
}

extension Table {
    static func leaves(_ rows: [LeafRow], caption: String) -> Table {
        Table(
            caption: caption, columns: [Column("条目", isNumber: true), "事实", "对象", "时间"],
            rows: rows.map { row in
                ["<a href=\"\(row.link)\">\(row.index)</a>", "\(row.actName)", row.thing, clockTime(row.at)]
            }, empty: "还没有已签名的条目。")
    }
}

/// What the acts and things of the log are called.
enum LeafWords {
    private static let acts = [
        "event.recorded": "记录触发事项", "event.amended": "更正触发事项", "event.voided": "作废触发事项",
        "obligation.created": "产生公开义务", "obligation.due_computed": "推算到期日",
        "obligation.awaited": "等待触发", "obligation.divided": "按标段分开", "obligation.reassigned": "改由其他机关承担",
        "obligation.observed": "可以断定是否公开", "obligation.unobserved": "不能再断定是否公开",
        "obligation.overdue": "列为逾期", "obligation.discharged": "由公开信息履行", "obligation.closed": "状态改变",
        "obligation.reopened": "重新应当公开", "obligation.voided": "义务作废",
        "decision.made": "作出决定", "decision.revoked": "撤销决定",
        "edition.released": "公开一版", "edition.withdrawn": "撤回", "edition.erased": "依法删除内容",
        "source.covered": "声明来源完整", "source.uncovered": "撤回来源完整性声明",
        "ledger.started": "台账启用", "catalogue.loaded": "载入目录", "calendar.loaded": "载入日历",
        "law.released": "载入法规数据", "clock.ticked": "整点报时", "log.started": "日志启用",
        "key.added": "启用密钥", "key.retired": "停用密钥",
    ]

    private static let kinds = [
        "event": "触发事项", "obligation": "公开义务", "decision": "决定", "publication": "公开信息", "source": "来源",
        "coverage": "来源声明", "ledger": "台账", "catalogue": "目录", "calendar": "日历", "law": "法规数据",
        "clock": "时钟", "log": "日志",
    ]

    /// An act without a word of its own is called by its code.
    static func title(of act: String) -> String { acts[act] ?? act }

    static func kind(_ kind: String) -> String { kinds[kind] ?? kind }
}
