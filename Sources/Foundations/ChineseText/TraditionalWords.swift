/// Words of public papers that the dictionary's longest match cuts in two: 审批核准备案 holds no 准备, 规定制定 no 定制; and a few
/// that it writes as another word.
///
/// Found by setting the interface, the lists and some 1,800 notices beside the same texts converted word by word after another
/// program had told their words; what a word becomes, by CC-CEDICT.
enum TraditionalWords {
    /// Converted by themselves, whatever stands around them.
    private static let whole = [
        "核准", "准予", "准许", "准备", "备案", "批准", "发布", "发放", "发生", "布置", "布局", "采集", "采用", "采取", "采购", "采矿",
        "系统", "制定", "制订", "制作", "制造", "制度", "声明", "应当", "合并", "签订", "参加", "参与", "征求", "注销", "面积", "面向", "了解",
        "一起", "反复", "发行", "发展", "发包", "托管", "游泳", "表面张力",
    ]
    /// With what they become, which the dictionary does not touch.
    private static let own = [
        "历日": "曆日", "并为": "並為", "并发出": "並發出", "并发给": "並發給", "并发布": "並發佈", "并到": "並到",
        "复议": "復議", "倒签": "倒簽", "不准": "不准", "不准确": "不準確",
        // Names of places.
        "徐汇": "徐匯", "岳西县": "岳西縣", "岳池县": "岳池縣", "安岳县": "安岳縣", "岳普湖": "岳普湖", "浮梁县": "浮梁縣",
        "新干县": "新干縣", "云溪区": "雲溪區",
    ]

    private struct Word {
        let scalars: [Unicode.Scalar]
        /// nil where the dictionary says it.
        let becomes: String?
    }

    /// By their first character, the longest first.
    private static let words: [Unicode.Scalar: [Word]] = {
        let all =
            whole.map { Word(scalars: Array($0.unicodeScalars), becomes: nil) }
            + own.map { Word(scalars: Array($0.key.unicodeScalars), becomes: $0.value) }
        return Dictionary(grouping: all) { $0.scalars[0] }
            .mapValues { $0.sorted { $0.scalars.count > $1.scalars.count } }
    }()

    /// Signs that stand in no text: no word of the dictionary reaches across the one; the other holds the place of a word
    /// that has become another already.
    private static let boundary: Unicode.Scalar = "\u{1F}"
    private static let place: Unicode.Scalar = "\u{1E}"

    /// A text as the dictionary is given it.
    struct Prepared {
        fileprivate(set) var text = String.UnicodeScalarView()
        /// The words that have become others, in their order.
        fileprivate var done: [String] = []
    }

    /// The text with a boundary on both sides of each of these words.
    static func prepared(_ text: String) -> Prepared {
        let scalars = Array(text.unicodeScalars.filter { $0 != place })
        var prepared = Prepared()
        var at = 0
        while at < scalars.count {
            let found = words[scalars[at]]?.first { scalars[at...].starts(with: $0.scalars) }
            guard let found else {
                prepared.text.append(scalars[at])
                at += 1
                continue
            }
            prepared.text.append(boundary)
            if let becomes = found.becomes {
                prepared.text.append(place)
                prepared.done.append(becomes)
            } else {
                prepared.text.append(contentsOf: found.scalars)
            }
            prepared.text.append(boundary)
            at += found.scalars.count
        }
        return prepared
    }

    /// What the dictionary made of it, with these words in their places.
    static func completed(_ converted: String, _ prepared: Prepared) -> String {
        var done = prepared.done.makeIterator()
        var completed = String.UnicodeScalarView()
        for scalar in converted.unicodeScalars where scalar != boundary {
            if scalar == place {
                completed.append(contentsOf: (done.next() ?? "").unicodeScalars)
            } else {
                completed.append(scalar)
            }
        }
        return String(completed)
    }
}
