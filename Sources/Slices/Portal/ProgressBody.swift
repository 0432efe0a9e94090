import CivilTime
import Projects
import Web

/// How far a project has come, as a page in plain words.
struct ProgressBody: Sendable {
    let value: ProgressPage.Value
    /// Whether there is an index, by which a name could be found.
    let knowsNames: Bool

    var page: Page {
        Page(
            title: title, lead: "<p>输入纸上印的任何一个编号，或者项目名称，看它做到哪一步、下一步是什么、最迟哪一天、由谁公开。</p>",
            crumbs: [.init("首页", "/")],
            """
            \(form)
            \(answer)
            """)
    }

    private var title: String {
        if let progress = value.progress.value { return "进度：" + progress.title }
        return value.q.isEmpty ? "进度查询" : "进度查询：" + value.q
    }

    private var form: HTML {
        """
        <form class="search-box" method="get" action="/progress" role="search">
        <input type="search" name="q" value="\(value.q)" aria-label="编号或者项目名称" \
        placeholder="项目编号、公告编号、地块编号、批文编号……" maxlength="200">\
        <button type="submit">查进度</button></form>
        """
    }

    private var answer: HTML {
        if let progress = value.progress.value { return one(progress) }
        if !value.projects.isEmpty { return several }
        return value.q.isEmpty ? "<h2>认得哪些编号</h2>\(kinds)" : nothing
    }

    // MARK: One

    private func one(_ progress: ProjectProgress) -> HTML {
        """
        \(when: value.by.value == .name, "<p class=\"quiet\">按名称或者公告内容找到。</p>")
        <p><a href="/projects/\(progress.project)">\(progress.title)</a> · \(progress.jurisdictionName)\
        \(when: !progress.field.isEmpty, " · \(progress.field)")。状态截至 \(time(value.day)) 日终。</p>
        \(progress.tracks.map { track($0, of: progress) })
        \(list(progress.late, "迟了的", "到期日已过，仍没有公开，逾期最久的在前"))
        \(when: !progress.late.isEmpty, "<p>点开一项，看到期日怎么算。</p>")
        \(list(progress.comingDue, "接下来要公开的", "最早到期的在前"))
        \(list(progress.awaited, "将来要公开的", "触发它的环节还没有记录；法律规定了最迟日的，列出该日"))
        \(list(progress.unsettled, "没有观察到的", "到期日已过，但本平台没有采集到，或者时限规则待核实：不等于没有公开，不认定逾期"))
        \(when: progress.owesNothing, "<p>按本平台的记录，没有迟了的公开义务，也没有等着公开的。</p>")
        \(RecourseBox(progress.recourse.value, citing: nil))
        <p><a href="/projects/\(progress.project)">看全部环节、公告和依据</a></p>
        """
    }

    private func track(_ track: ProjectProgress.Track, of progress: ProjectProgress) -> HTML {
        let heading: HTML =
            track.lot.isEmpty ? "做到哪一步" : "标段 \(track.lot)\(when: !track.title.isEmpty, " \(track.title)")"
        var facts: [(name: String, value: HTML)] = [("最近做到", track.last.value.map(done) ?? "没有记录任何环节")]
        facts.append(("下一步", next(track, of: progress)))
        if !track.unseen.isEmpty {
            facts.append(
                (
                    "没有记录的",
                    "\(track.unseen.joined(separator: "、"))<span class=\"under quiet\">后面的环节已有记录；没有记录不等于没有发生</span>"
                ))
        }
        return "<h2>\(heading)</h2>\(Facts(facts))"
    }

    private func done(_ step: ProjectProgress.Step) -> HTML {
        """
        <strong>\(step.title)</strong>\
        \(step.day.value.map { "，\(time($0))" as HTML })\(step.basisName.value.map { "（\($0)）" as HTML })\
        \(step.occurrence.value?.mark)
        """
    }

    private func next(_ track: ProjectProgress.Track, of progress: ProjectProgress) -> HTML {
        if track.ended { return "已终止，没有下一步" }
        if progress.procedure.value == nil { return "本领域的流程没有收录，不知道下一步" }
        guard let next = track.next.value else { return "没有下一步：流程的最后一个环节已有记录" }
        return
            "<strong>\(next.title)</strong>\(lastDay(of: next))<span class=\"under\">\(whoPublishes(next))</span>"
    }

    private func lastDay(of next: ProjectProgress.NextStep) -> HTML {
        if let planned = next.planned.value { return "，拟定于 \(time(planned))" }
        guard let bound = next.bound.value else { return "，最迟哪一天，本平台没有收录这样的规定" }
        return """
            ，依法不晚于 \(time(bound))\
            \(when: bound < value.day, "，已过 \(value.day.ordinal - bound.ordinal) 日；没有记录不等于没有发生，也可能依法中止或者顺延")
            """
    }

    private func whoPublishes(_ next: ProjectProgress.NextStep) -> HTML {
        if !next.bodies.isEmpty {
            return "到时由 \(next.bodies.map { bodyLink($0.id, $0.name) }.joined(separator: "、")) 公开"
        }
        if next.items.isEmpty { return "目录没有要求公开这一步" }
        let items = next.items.map { "<a href=\"/catalogue/\($0.id)\">\($0.title)</a>" as HTML }
        return "发生以后，目录要求公开：\(items.joined(separator: "、"))"
    }

    private func list(_ rows: [ObligationRow], _ title: HTML, _ caption: String) -> HTML {
        rows.isEmpty ? "" : "<h2>\(title)</h2>\(Table.obligations(rows, caption: caption, empty: "没有。"))"
    }

    // MARK: Several, or none

    private var several: HTML {
        """
        <h2>\(value.by.value == .code ? "这个编号归集了几个项目" : "可能是这些项目")</h2>
        <ul class="rows">\(value.projects.map { row in
            """
            <li><a href="/progress?q=\(row.id)">\(row.title)</a><br><span class="quiet">\(row.jurisdictionName)\
            \(when: !row.field.isEmpty, " · \(row.field)") · \(row.keys.prefix(3).map { "<span>\($0.kindName)</span> \($0.printed)" as HTML }.joined(separator: "；"))</span></li>
            """ as HTML
        })</ul>
        <p class="quiet">最多列十个。<a href="\(search)">在全部信息里搜索</a></p>
        """
    }

    private var search: Link { ("/search" as Link).adding([("q", value.q)]) }

    private var nothing: HTML {
        """
        <div class="box"><p><strong>没有找到“\(value.q)”。</strong>没有找到不等于没有这个项目：只有在本平台登记过或者采集到公告的，才查得到。</p></div>
        \(when: !knowsNames, "<p>全文索引没有开启，现在只能按编号查，不能按名称查。</p>")
        <h2>可以核对什么</h2>
        <ul>
        <li>编号要完整：年份、序号一位不少。大小写、全角半角、括号和横线的样式、空格都不影响。</li>
        <li>容易看错的：数字 0 和字母 O，数字 1 和字母 I、L。</li>
        <li>一个项目往往有几个编号，换一个试试；公告编号、批文编号可能归集几个项目。</li>
        <li><a href="\(search)">在全部信息里搜索“\(value.q)”</a>，或者<a href="/projects">按地区和领域看项目</a>。</li>
        </ul>
        <h2>认得哪些编号</h2>
        \(kinds)
        """
    }

    private var kinds: HTML {
        """
        <ul>\(KeyKind.allCases.map { kind in
            "<li>\(kind.title)\(when: !kind.isLowestLevel, "<span class=\"quiet\">（可能归集几个项目）</span>")</li>" as HTML
        })</ul>
        """
    }
}
