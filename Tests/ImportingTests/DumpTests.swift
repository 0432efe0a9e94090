import Foundation
import Law
import Obligations
import Testing

@testable import Importing

@Test func dump() throws {
    var out = ""
    func print(_ items: Any...) { out += items.map { "\($0)" }.joined(separator: " ") + "\n" }
    let form = try NoticeForm.load(DataFiles.builtIn("form-national-platform.json")!)
    let data = try Data(contentsOf: URL(fileURLWithPath: "/work/shared/data/notices/national_platform_2026-03.jsonl"))
    var splitter = LineSplitter(lineBytesMax: form.limits.lineBytesMax)
    let reader = NoticeReader(form: form)
    let extraction = NoticeExtraction(form: form)
    var parsed: [ParsedNotice] = []
    let clock = ContinuousClock()
    var lines: [([UInt8], Int)] = []
    splitter.feed([UInt8](data)) { if case .bytes(let b, let n) = $0 { lines.append((b, n)) } }
    var t1 = Duration.zero, t2 = Duration.zero
    for (b, n) in lines {
        var raw: RawNotice?
        t1 += try clock.measure { raw = try reader.read(line: b, number: n).get() }
        t2 += clock.measure { parsed.append(extraction.extract(raw!)) }
    }
    print("read", t1, "extract", t2)
    let law = try LawBook.builtIn()
    let checks = NoticeChecks(rules: try NoticeRules.load(DataFiles.builtIn("notice-checks.json")!), law: law, calendar: law.calendar)
    let t3 = clock.measure { for p in parsed { _ = checks.findings(p) } }
    print("checks", t3)
    for p in parsed {
        print("=====", p.row, p.kind, p.items["CN"] ?? "-", p.title.prefix(30))
        print("  published", p.published.day, p.published.time ?? "-", p.published.instant ?? "-", p.region?.value ?? "-")
        print("  name", p.projectName?.value ?? "-")
        for k in p.keys { print("  key", k.kind, k.scope, k.folded, k.place.confidence) }
        print("  buyer", p.buyer?.value ?? "-", p.buyer?.confidence.rawValue ?? "", "| agency", p.agency?.value ?? "-", "| method", p.method?.value.rawValue ?? "-")
        for s in p.sums { print("  sum", s.role, s.sum.fen.map(String.init) ?? "nil", s.sum.doubt?.rawValue ?? "", "«\(s.printed)»", s.place.quote ?? "") }
        for t in p.times { print("  time", t.role, t.day, t.time ?? "", "«\(t.place.quote ?? "")»") }
        for t in p.unreadableTimes { print("  UNREADABLE", t.role, t.place) }
        if let n = p.noticePeriod { print("  period", n.value, n.place.quote ?? "") }
        for l in p.lots { print("  lot", l.number, l.title ?? "-", l.budget?.fen ?? -1, l.ceiling?.fen ?? -1) }
        for a in p.awards.prefix(4) { print("  award", a.rank ?? 0, a.name, a.members, a.price?.fen ?? -1, a.price?.doubt?.rawValue ?? "", a.lot ?? "-", a.place.quote ?? "") }
        if p.awards.count > 4 { print("  awards", p.awards.count) }
        if let f = p.failure { print("  failure", f.value) }
        for f in checks.findings(p) { print("  FINDING", f.weight, f.rule, f.verified, f.detail, f.clause, f.quotes.map { $0.place + "«" + $0.text + "»" }) }
        for e in p.events { print("  event", e.kind, e.day, e.time ?? "", e.basis, e.lot ?? "", e.naturalKey) }
    }
    try out.write(toFile: "/tmp/dump_out.txt", atomically: true, encoding: .utf8)
}
