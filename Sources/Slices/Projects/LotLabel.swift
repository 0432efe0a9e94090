import Foundation

/// The label of a lot (标段编号) as far as it may stand in the public log, from which nothing can be erased.
///
/// Somebody who types one is refused anything but a code. What a source prints is taken as it is, and the log then holds the
/// place of the lot among those of its project instead.
///
/// - Law: 个人信息保护法 art. 47: what is personal must stay erasable.
package enum LotLabel {
    package static let charactersMax = 20

    /// Parts of a code: words for lots, numerals, short runs of letters and digits, what stands between them. No run of digits
    /// is as long as a person's number or a telephone's.
    private static let part = """
        第|标段?|采购|合同|分?包件?|件|号|组|批次?|区|期|施工|监理|设计|勘察|检测|货物|服务|工程|材料|设备|[甲乙丙丁]|\
        [一二三四五六七八九十百零〇]|[A-Z]{1,4}(?![A-Z])|[a-z]{1,2}(?![a-z])|[0-9]{1,10}(?![0-9])|[-_./#()（）\\[\\]【】 ]
        """
    private static let numerals = "[一二三四五六七八九十百零〇]+"
    private static let kind = "[标包件组批区期号]|施工|监理|设计|勘察|检测|货物|服务|工程|材料|设备"

    /// Whether it is a code: `1`, `02`, `A`, `第1包`, `标段一`, `JL-01`.
    package static func isCode(_ text: String) -> Bool {
        guard text.unicodeScalars.count <= charactersMax, matches("(?:\(part))+", text) else { return false }
        let isWithoutHan = text.unicodeScalars.allSatisfy { !$0.properties.isIdeographic }
        return isWithoutHan || matches(numerals, text)
            || text.range(of: kind, options: .regularExpression) != nil
    }

    /// As a leaf of the log tells it: a code itself, anything else by its place.
    ///
    /// - Parameter place: among the lots of the project, from 1.
    package static func logged(_ text: String, at place: Int) -> String { isCode(text) ? text : "#\(place)" }

    private static func matches(_ pattern: String, _ text: String) -> Bool {
        text.range(of: "^(?:\(pattern))\\z", options: .regularExpression) != nil
    }
}
