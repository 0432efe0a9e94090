/// Words of public papers that the dictionary's longest match cuts in two: 审批核准备案 holds no 准备, 规定制定 no 定制.
///
/// Found by setting the interface, the lists and some 1,800 notices beside the same texts converted word by word after another
/// program had told their words.
enum TraditionalWords {
    /// Converted by themselves, whatever stands around them.
    private static let whole = [
        "核准", "准予", "准许", "不准", "准备", "备案", "批准", "发布", "发放", "发生", "布置", "布局", "采集", "采用", "采取", "采购", "采矿",
        "系统", "制定", "制订", "制作", "制造", "制度", "声明", "应当", "合并", "签订", "参加", "参与", "征求", "注销", "面积", "面向", "了解",
    ]
    /// With what they become.
    private static let own = [
        "历日": "曆日", "并为": "並為", "并发出": "並發出", "并发给": "並發給", "并发布": "並發佈", "并到": "並到",
    ]

    private struct Word {
        let scalars: [Unicode.Scalar]
        let becomes: String
    }

    /// By their first character, the longest first.
    private static let words: [Unicode.Scalar: [Word]] = {
        let all = whole.map { ($0, $0) } + own.map { ($0.key, $0.value) }
        let words = all.map { Word(scalars: Array($0.0.unicodeScalars), becomes: $0.1) }
        return Dictionary(grouping: words) { $0.scalars[0] }
            .mapValues { $0.sorted { $0.scalars.count > $1.scalars.count } }
    }()

    /// A sign that stands in no text: no word of the dictionary reaches across it.
    static let boundary: Unicode.Scalar = "\u{1F}"

    /// The text with a boundary on both sides of each of these words.
    static func bounded(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var bounded = String.UnicodeScalarView()
        var at = 0
        while at < scalars.count {
            let found = words[scalars[at]]?.first { scalars[at...].starts(with: $0.scalars) }
            guard let found else {
                bounded.append(scalars[at])
                at += 1
                continue
            }
            bounded.append(boundary)
            bounded.append(contentsOf: found.becomes.unicodeScalars)
            bounded.append(boundary)
            at += found.scalars.count
        }
        return String(bounded)
    }
}
