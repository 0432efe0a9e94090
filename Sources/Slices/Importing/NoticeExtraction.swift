import CivilTime
import Markup

/// Reads a notice: what kind it is, and every value that its form teaches us to find.
///
/// A value is taken only where its label, column or field says what it is. What cannot be told is left out: a wrong
/// value would accuse somebody.
package struct NoticeExtraction: Sendable {
    package let form: NoticeForm

    package init(form: NoticeForm) {
        self.form = form
    }

    package func extract(_ raw: RawNotice) -> ParsedNotice {
        let scan = NoticeScan(text: raw.text, words: form.words)
        let rule = kindRule(raw, scan)
        let tables = NoticeTables(scan: scan).tables()
        var notice = ParsedNotice(
            recordID: raw.recordID, source: raw.source, form: form.id, formVersion: form.version,
            row: raw.row,
            kind: rule?.kind ?? .unmapped, items: rule?.items ?? [:],
            itemReason: rule == nil
                ? "The form names no kind for “\(raw.business)”, “\(raw.info)” under this heading."
                : rule?.reason,
            isCorrection: rule?.isCorrection ?? false, business: raw.business, info: raw.info,
            title: raw.title,
            published: raw.published, addresses: raw.addresses, attachments: raw.attachments,
            marks: raw.marks.completed(by: scan),
            medium: raw.medium,
            region: raw.region.map { Found($0, at: .field(name: form.fields.region ?? "")) },
            originalText: raw.text, cleanText: CleanText.clean(raw.text),
            markedText: raw.markedText.map { WrittenText(text: CleanText.clean($0.text), form: $0.form) },
            isWhole: form.isWhole,
            versionDay: raw.versionDay,
            folded: scan.folded)
        let reading = NoticeReading(form: form, raw: raw, scan: scan, tables: tables, kind: notice.kind)
        notice.projectName = reading.projectName()
        notice.keys = reading.keys()
        notice.buyer = reading.party(.buyer)
        notice.agency = reading.party(.agency)
        notice.method = reading.method()
        notice.lots = reading.lots()
        notice.sums = reading.sums()
        (notice.times, notice.unreadableTimes) = reading.times()
        notice.noticePeriod = reading.noticePeriod()
        notice.awards = reading.awards(lots: notice.lots)
        notice.failure = reading.failure()
        notice.events = NoticeEvents(notice: notice).events()
        return notice
    }

    /// The line of the form's table that fits: by its words in the title, then in the text's first two lines, then
    /// the line that asks for no words.
    private func kindRule(_ raw: RawNotice, _ scan: NoticeScan) -> NoticeForm.KindRule? {
        let rules = form.kinds.filter { $0.business == raw.business && $0.info == raw.info }
        let title = NoticeText.fold(raw.title)
        let firstLine = scan.lineEnd(0)
        let head = Array(
            scan.bytes[0..<min(scan.bytes.count, scan.lineEnd(min(scan.bytes.count, firstLine + 1)))])
        for heading in [title, head] {
            if let rule = rules.first(where: { $0.headings.contains { heading.holds($0) } }) { return rule }
        }
        return rules.first { $0.headings.isEmpty }
    }
}

extension Array where Element == UInt8 {
    /// Whether the bytes stand in these somewhere.
    func holds(_ part: [UInt8]) -> Bool {
        guard let first = part.first, count >= part.count else { return false }
        return (0...(count - part.count)).contains { at in
            self[at] == first && self[at..<at + part.count].elementsEqual(part)
        }
    }
}

/// One notice being read.
struct NoticeReading {
    let form: NoticeForm
    let raw: RawNotice
    let scan: NoticeScan
    let tables: [NoticeTable]
    let kind: NoticeKind

    var bytes: [UInt8] { scan.bytes }

    /// The further named values of the source that have that role.
    func extras(_ role: NoticeRole) -> [(text: String, place: Place)] {
        let prefix = form.fields.extra.map { $0 + "." } ?? ""
        return raw.extra.filter { form.extraRoles[$0.name] == role }
            .map { ($0.text, .field(name: prefix + $0.name)) }
    }

    /// Whether a table's heads cover the place: a word there heads a column and is no label.
    func isTableHead(_ at: Int) -> Bool { tables.contains { $0.headRange.contains(at) } }
}
