import Catalogue
import CivilTime
import Publishing
import Web

/// A publication as lists and data show it; only ever of one that everybody may see.
struct PublicationRow: Encodable, Sendable {
    let id: String
    let title: String
    let item: OrNull<String>
    let itemTitle: OrNull<String>
    let jurisdiction: String
    let body: String
    let bodyName: String
    let project: OrNull<String>
    let lot: OrNull<String>
    let period: OrNull<String>
    let channel: String
    let origin: Publication.Origin
    let source: OrNull<String>
    let sourceKey: OrNull<String>
    let state: Publication.State
    let editions: Int
    /// The day of release, or the day that the source claims; null when it claims none.
    let day: OrNull<Day>
    let firstSeenAt: String

    init(_ publication: Publication, names: Names) {
        precondition(publication.audience == .everyone, "only what is meant for everybody becomes a row")
        let imported = publication.origin == .imported
        id = publication.id
        title = publication.title
        item = OrNull(text: publication.item)
        itemTitle = OrNull(text: publication.item.isEmpty ? "" : names.itemTitle(publication.item))
        jurisdiction = publication.jurisdiction
        body = publication.body
        bodyName = names.body(publication.body)
        project = OrNull(text: publication.project)
        lot = OrNull(text: publication.lot)
        period = OrNull(text: publication.period)
        channel = publication.channel
        origin = publication.origin
        source = OrNull(text: imported ? publication.source : "")
        sourceKey = OrNull(text: imported ? publication.sourceKey : "")
        state = publication.state
        editions = publication.editions
        day = OrNull(publication.day)
        firstSeenAt = publication.firstSeenAt
    }
}

extension PublicationRow {
    var link: Link { "/publications/\(id)" }

    /// What its time rests on, in a word.
    var said: String {
        switch (origin, state) {
        case (_, .withdrawn): "已撤回"
        case (.imported, _): "采集自\(source.value.map(SourceName.of) ?? "其他来源")"
        case (.local, _): channelWord(channel) + (editions > 1 ? "，第 \(editions) 版" : "")
        }
    }
}

extension Reading {
    func rows(_ publications: [Publication], _ names: inout Names) throws -> [PublicationRow] {
        notes.add(publications.map { .publication($0.id) })
        try names.learn(bodies: publications.map(\.body))
        try names.learn(items: publications.map(\.item))
        return publications.map { PublicationRow($0, names: names) }
    }
}

extension Table {
    static func publications(_ rows: [PublicationRow], caption: String, showsBody: Bool) -> Table {
        Table(
            caption: caption,
            columns: ["标题", "公开日", Column(showsBody ? "公开主体" : "公开事项"), "渠道或者来源"],
            rows: rows.map { row in
                [
                    """
                    <a href="\(row.link)">\(row.title)</a>\
                    \(when: showsBody && row.itemTitle.value != nil, "<span class=\"under quiet\">\(row.itemTitle.value)</span>")
                    """,
                    row.day.value.map(time) ?? "<span class=\"quiet\">不明</span>",
                    showsBody
                        ? bodyLink(row.body, row.bodyName)
                        : row.item.value.map {
                            "<a href=\"\(Link.item($0, in: row.jurisdiction))\">\(row.itemTitle.value)</a>"
                        }
                            ?? "—",
                    "\(row.said)",
                ]
            }, empty: "还没有公开的信息。")
    }
}

extension CSVTable {
    static func publications(_ rows: [PublicationRow]) -> CSVTable {
        CSVTable(
            columns: [
                "编号", "标题", "公开日", "公开主体编号", "公开主体", "辖区", "事项编号", "事项", "项目", "标段", "渠道", "来源", "来源编号",
                "状态", "版本数", "首次见到",
            ],
            rows: rows.map { row in
                [
                    row.id, row.title, row.day.value?.description ?? "", row.body, row.bodyName,
                    row.jurisdiction,
                    row.item.value ?? "", row.itemTitle.value ?? "", row.project.value ?? "",
                    row.lot.value ?? "",
                    row.channel, row.source.value ?? "", row.sourceKey.value ?? "", row.state.rawValue,
                    String(row.editions), row.firstSeenAt,
                ]
            })
    }
}
