import Law
import Web

/// 您可以做什么: what stands, each with its own words; the plan's channel, the law's roads, and how to cite the page.
struct RecourseBox: Piece {
    let recourse: RecourseRow?
    let address: PermanentAddress?

    /// - Parameters:
    ///   - recourse: nil where there is nothing to be done; then only the address is given.
    ///   - address: nil on a page that nobody cites.
    init(_ recourse: RecourseRow?, citing address: PermanentAddress?) {
        self.recourse = recourse
        self.address = address
    }

    var html: HTML { "\(recourse.map(ways))\(address)" }

    private func ways(_ recourse: RecourseRow) -> HTML {
        """
        <h2 id="recourse">您可以做什么</h2>
        <ul>\(recourse.situations.map { "<li>\($0.words)</li>" as HTML })</ul>
        \(supervision(recourse))
        \(roads(recourse))
        <p class="quiet">不知道的：各机关的电话、地址和网上受理入口，本平台没有收录；有没有人已经提出过、处理得怎样，本平台也不知道。</p>

        """
    }

    private func supervision(_ recourse: RecourseRow) -> HTML {
        guard !recourse.supervision.isEmpty else { return "" }
        return """
            <h3>方案的监督渠道</h3>
            <ul>\(recourse.supervision.map(\.html))</ul>
            """
    }

    private func roads(_ recourse: RecourseRow) -> HTML {
        guard !recourse.roads.isEmpty else { return "" }
        return """
            <h3>法律给的途径</h3>
            \(when: recourse.namesStrangers, "<p class=\"quiet\">有的单位只在公告里出现过，本平台不知道它是行政机关还是企事业单位；各条适用于条文所说的单位。</p>")
            <ul>\(recourse.roads.map(road))</ul>
            """
    }

    private func road(_ road: Recourse) -> HTML {
        """
        <li>\(road.words)<span class="under quiet">\(road.clause)\
        \(when: !road.verified, "（未与官方文本核对）")</span></li>
        """
    }
}

extension Recourse.Situation {
    /// What it means for somebody who looks for the information.
    fileprivate var words: String {
        switch self {
        case .overdue: "逾期未公开的（到期日已过，应当公开而没有公开）：可以要求公开，也可以反映，途径见下。"
        case .lapsed: "已失效的（应当随时有现行版本，现在没有，或者没有按期更新）：可以要求更新，也可以反映，途径见下。"
        case .unobserved:
            "未采集的（本平台没有看到，不等于没有公开）：先到该机关的网站或者原发布媒介查一查；还没有查清，不要据此投诉。"
        case .unverified: "规则待核实的（已过期限，但时限规则没有与官方文本核对，不认定逾期）：可以先向该机关询问。"
        case .withheld: "不予公开的：可以看决定的理由、依据和复查日，都在该项义务的页面上。"
        case .open: "没有到期的：可以到期后再来查看。"
        }
    }
}
