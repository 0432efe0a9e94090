import CivilTime
import Publishing

/// What a paper says of itself above its words (公文要素): each nil where nothing says it.
package struct PaperMarks: Sendable, Hashable {
    /// 索引号
    package var indexNumber: String?
    /// 发文字号
    package var documentNumber: String?
    /// 公文种类
    package var documentKind: String?
    /// 主送机关
    package var addressees: String?
    /// 公开属性
    package var openness: String?
    /// 成文日期
    package var dated: Day?
    /// 印发机关
    package var issuer: String?

    /// The kinds of official papers: 党政机关公文处理工作条例 art. 8.
    private static let kinds: Set<String> = [
        "决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要",
    ]

    /// Without what is longer than an edition may hold.
    var withinLimits: PaperMarks {
        func fitting(_ text: String?, _ max: Int) -> String? {
            text.flatMap { $0.scalarCount <= max ? $0 : nil }
        }
        return PaperMarks(
            indexNumber: fitting(indexNumber, EditionRecord.numberMax),
            documentNumber: fitting(documentNumber, EditionRecord.numberMax),
            documentKind: fitting(documentKind, EditionRecord.kindMax),
            addressees: fitting(addressees, EditionRecord.addresseesMax),
            openness: fitting(openness, EditionRecord.opennessMax), dated: dated,
            issuer: fitting(issuer, EditionRecord.issuerMax))
    }

    /// Completed by lines of the text that begin with a mark's label and a colon, and by the two forms in which official
    /// papers end: (此件公开发布) under the day, and whose office printed it when. Another line is never taken for a mark,
    /// however much it looks like it.
    func completed(by scan: NoticeScan) -> PaperMarks {
        let ending = PaperEnding(lines: scan.bytes)
        let read = PaperMarks(
            indexNumber: scan.mark(.indexNumber) { $0.contains(where: \.isNumber) },
            documentNumber: scan.mark(.documentNumber) { $0.contains(where: \.isNumber) && $0.contains("号") },
            documentKind: scan.mark(.documentKind, Self.kinds.contains),
            addressees: scan.mark(.addressees, onItsLine: true) { _ in true },
            openness: scan.mark(.openness, Self.opennesses.contains) ?? ending.openness,
            dated: scan.mark(.dated) { Self.day($0) != nil }.flatMap(Self.day) ?? ending.dated,
            issuer: scan.mark(.issuer, onItsLine: true) { _ in true } ?? ending.issuer
        ).withinLimits
        return PaperMarks(
            indexNumber: indexNumber ?? read.indexNumber,
            documentNumber: documentNumber ?? read.documentNumber,
            documentKind: documentKind ?? read.documentKind, addressees: addressees ?? read.addressees,
            openness: openness ?? read.openness, dated: dated ?? read.dated, issuer: issuer ?? read.issuer)
    }

    /// 政府信息公开条例 art. 20 with 公文处理 practice: how a paper says whether it is open.
    private static let opennesses: Set<String> = ["主动公开", "依申请公开", "不予公开", "此件公开发布", "此件主动公开"]

    private static func day(_ printed: String) -> Day? { PrintedMoment(whole: NoticeText.fold(printed))?.day }
}

extension NoticeScan {
    /// The first value after a label of that role that opens its line and has a colon.
    ///
    /// - Parameter onItsLine: a value on the next line is none: nothing tells such words from the paper's first ones.
    fileprivate func mark(
        _ role: NoticeRole, onItsLine: Bool = false, _ fits: (String) -> Bool
    ) -> String? {
        for place in places(of: role) where opensLine(place.start) {
            let after = label(after: place.end)
            let between = bytes[place.end..<after.value]
            guard between.contains(UInt8(ascii: ":")), !onItsLine || !between.contains(0x0A),
                let range = lineValue(at: after.value), !bytes[range].contains(UInt8(ascii: ":"))
            else { continue }
            let printed = folded.printed(range)
            if fits(printed) { return printed }
        }
        return nil
    }
}
