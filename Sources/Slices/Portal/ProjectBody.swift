import CivilTime
import Obligations
import Web

/// A project as a page: its codes, its steps with the missing ones, its papers, its findings.
struct ProjectBody: Sendable {
    let value: ProjectPage.Value
    /// The day as of which it is shown, when that is not today.
    let past: Day?
    /// Its page as readers elsewhere reach it.
    let online: Link?
    let language: Manner.Language

    private var here: Link { "/projects/\(value.id)" }

    var page: Page {
        Page(
            title: value.title, lead: lead, crumbs: [.init("首页", "/"), .init("项目", "/projects")],
            feed: FeedFiles.project(value.id), metadata: PageMetadata(canonical: here),
            """
            \(PastNotice(past, today: here))
            \(facts)
            \(known)
            \(ProjectTracksPicture(tracks: value.tracks, today: value.day, language: language))
            \(overview)
            \(tracks)
            \(ProjectFacts(value.stated))
            \(papers)
            \(findings)
            \(when: past == nil, RecourseBox(value.recourse.value, citing: address).html)
            \(DayForm(to: here, past: past))
            """)
    }

    private var lead: HTML {
        "<p>\(value.jurisdictionName)\(when: !value.field.isEmpty, " · \(value.field)")。状态截至 \(time(value.day)) 日终。</p>"
    }

    private var owed: Link { ("/obligations" as Link).adding([("project", value.id)]).on(past) }

    private var facts: HTML {
        let keys: [(name: String, value: HTML)] = Dictionary(grouping: value.keys, by: \.kindName)
            .sorted { $0.key < $1.key }
            .map { kind, keys in
                (
                    kind,
                    keys.map {
                        "<a class=\"code\" href=\"/projects/\($0.printed)\">\($0.printed)</a>\($0.standing)"
                            as HTML
                    }
                    .joined(separator: "、")
                )
            }
        let chains = value.chains.map {
            "<a href=\"/chains/\($0.id)?in=\(value.jurisdiction)\">\($0.title)</a>" as HTML
        }
        return Facts(
            keys + [("查看义务", "<a href=\"\(owed)\">本项目的全部公开义务</a>")]
                + (chains.isEmpty ? [] : [("流程图", chains.joined(separator: "、"))])
        ).html
    }

    /// The answer to the question that most readers bring, before the details.
    private var known: HTML {
        let waiting = value.tracks.filter { !$0.resultObserved && !$0.ended }
        // Only a procedure that ends in an award has a result to look for.
        guard value.tracks.contains(where: { $0.steps.contains { $0.event.hasSuffix(".result_fixed") } }),
            value.procedure.value != nil, !waiting.isEmpty
        else { return "" }
        let which: HTML =
            value.tracks.count == 1
            ? "" : "（\(waiting.count == value.tracks.count ? "全部" : "\(waiting.count) 个")标段）"
        return """
            <div class="box"><p><strong>未观察到结果</strong>\(which)：截至 \(time(value.day))，本平台没有采集到结果。\
            这不等于没有结果，也不等于没有公开。</p></div>
            """
    }

    /// Every lot in a line, with what is late or not seen in it.
    private var overview: HTML {
        guard value.tracks.count > 1 else { return "" }
        let rows = alike { [progress($0), open($0)] }.map { [lots($0.tracks)] + $0.shown }
        return """
            <h2>各标段</h2>
            \(Table(caption: "进行到哪里，缺什么", columns: ["标段", "最后记录的环节", "缺少的、未观察到的"], rows: rows))
            """
    }

    /// Lots that show alike stand together, in the order of the first of each.
    private func alike<Shown: Equatable>(
        _ show: (ProjectTrack) -> Shown
    ) -> [(tracks: [ProjectTrack], shown: Shown)] {
        var groups: [(tracks: [ProjectTrack], shown: Shown)] = []
        for track in value.tracks {
            let shown = show(track)
            if let index = groups.firstIndex(where: { $0.shown == shown }) {
                groups[index].tracks.append(track)
            } else {
                groups.append((tracks: [track], shown: shown))
            }
        }
        return groups
    }

    /// A lot with its title; of several their number, and a title that all of them bear once.
    private func lots(_ tracks: [ProjectTrack]) -> HTML {
        let titles = Set(tracks.map(\.title))
        let names = tracks.map { track -> HTML in
            let link: HTML = "<a href=\"#\(anchor(track))\">标段 \(track.lot)</a>"
            return titles.count == 1 ? link : "\(link) <span>\(track.title)</span>"
        }
        let shared = titles.count == 1 ? tracks[0].title : ""
        return """
            \(when: tracks.count > 1, "<span>\(tracks.count) 个标段，进展相同</span>：")\(names.joined(separator: "、"))\
            \(when: !shared.isEmpty, " <span>\(shared)</span>")
            """
    }

    private func progress(_ track: ProjectTrack) -> HTML {
        let known = track.steps.filter { !$0.events.isEmpty }
        guard let last = known.last(where: { $0.occurrence.value != .planned }) ?? known.last else {
            return "没有记录"
        }
        return "\(last.title)\(last.events.last.map { " \(time($0.day))\($0.occurrence.mark)" as HTML })"
    }

    private func open(_ track: ProjectTrack) -> HTML {
        let open = track.steps.filter {
            [.missing, .unobserved, .awaited, .owed, .planned].contains($0.state)
        }
        if open.isEmpty { return "没有" }
        return open.map {
            "<span class=\"line\"><span>\($0.title)</span>：<strong>\($0.said)</strong></span>" as HTML
        }
        .joined()
    }

    private func anchor(_ track: ProjectTrack) -> String { "lot-" + track.lot }

    // MARK: Steps

    /// Of lots that stand alike the first is shown, and the others are folded into a line with their number.
    private var tracks: HTML {
        let groups = alike { [progress($0), open($0)] }.map(\.tracks).map { lots -> HTML in
            guard let first = lots.first else { return "" }
            let others = lots.dropFirst()
            let numbers = others.map(\.lot).joined(separator: "、")
            return """
                \(track(first))
                \(when: !others.isEmpty, """
                    <details><summary><span>另有 \(others.count) 个标段进展相同</span>：<span>标段 \(numbers)</span></summary>
                    \(others.map(track))
                    </details>
                    """)
                """
        }
        return "\(groups)"
    }

    private func track(_ track: ProjectTrack) -> HTML {
        let heading: HTML =
            track.lot.isEmpty ? "各环节" : "标段 \(track.lot)\(when: !track.title.isEmpty, " \(track.title)")"
        let note: HTML =
            value.procedure.value.map { "<p class=\"quiet\">按\($0)的顺序；缺少的环节与完成的环节同样列出。</p>" }
            ?? "<p class=\"quiet\">本领域的流程没有收录，只列出已经记录的事项。</p>"
        guard !track.steps.isEmpty else { return "<h2>\(heading)</h2><p class=\"empty\">还没有记录任何环节。</p>" }
        return """
            <h2 id="\(anchor(track))">\(heading)</h2>
            \(note)
            \(Timeline(label: "各环节", steps: track.steps.map(step)))
            """
    }

    private func step(_ step: ProjectStep) -> Timeline.Step {
        Timeline.Step(
            "\(step.title)", look(step.state), when: days(step), said: step.said,
            detail: "\(evidence(step))\(duties(step))")
    }

    private func look(_ state: ProjectStep.State) -> Timeline.Step.State {
        switch state {
        case .done, .recorded, .partly: .done
        case .late: .late
        case .missing: .missing
        case .owed, .unobserved, .awaited, .planned: .awaited
        case .withheld: .withheld
        case .ended, .announced: .note
        }
    }

    private func days(_ step: ProjectStep) -> HTML {
        let days = Set(step.events.map(\.day)).sorted()
        if let first = days.first {
            return days.count == 1 ? time(first) : "\(time(first)) 起，共 \(days.count) 日"
        }
        return step.bound.value.map { "依法不晚于 \(time($0))" } ?? ""
    }

    private func evidence(_ step: ProjectStep) -> HTML {
        guard !step.events.isEmpty else { return "" }
        let shown = step.events.prefix(12)
        let rest = step.events.count - shown.count
        return """
            <ul class="plain">\(shown.map { "<li>\($0.daySentence)</li>" as HTML })\
            \(when: rest > 0, "<li class=\"quiet\">另有 \(rest) 项记录，见本页数据</li>")</ul>
            """
    }

    private func duties(_ step: ProjectStep) -> HTML {
        guard !step.obligations.isEmpty else { return "" }
        let papers = Dictionary(grouping: step.discharges, by: \.obligation)
        let actors = Set(step.events.map(\.body))
        let lines = step.obligations.map { row -> HTML in
            let met = (papers[row.id] ?? []).map { discharge -> HTML in
                "<span class=\"under\">\(discharge.day.value.map { "\(time($0)) " as HTML })\(discharge.titleLink)</span>"
            }
            return """
                <li>\(row.chip) <a href="\(row.link.on(past))">\(row.itemTitle)</a>\
                \(when: row.channel != "portal", "（\(channelWord(row.channel))）")\
                \(row.dueWords)\(when: row.provisional, " \(Chip("provisional", "暂定"))")\
                \(when: !actors.contains(row.body), "，\(bodyLink(row.body, row.bodyName))")\(met)</li>
                """
        }
        return "<ul class=\"plain\">\(lines)</ul>"
    }

    // MARK: Papers

    private var papers: HTML {
        """
        <h2>公开的信息 <span class="quiet">\(value.publications.count) 件</span></h2>
        \(Table.publications(value.publications, caption: "按公开日", showsBody: true))
        """
    }

    private var findings: HTML {
        FindingList(value.findings, reply: value.reply.value, online: (here, online)).html
    }

    private var address: PermanentAddress {
        PermanentAddress(
            online: online,
            citing: "纸上印的任何一个编号放在 /projects/ 后面也到这里。要固定在某一天的样子，在地址后面加上 ?on=\(value.day)。")
    }
}

extension ProjectPage.KeyRow {
    /// Whether the code keeps the rules of a standard, for one that has its form.
    fileprivate var standing: HTML {
        if let flaw = flaw.value { return "<span class=\"under quiet\">形似\(form.value)，但\(flaw)</span>" }
        return form.value.map { "<span class=\"under quiet\">\($0)，格式无误</span>" } ?? ""
    }
}
