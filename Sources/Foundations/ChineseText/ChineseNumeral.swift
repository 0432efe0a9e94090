/// The numerals 一…十 as they count lots, ranks and days.
package enum ChineseNumeral {
    private static let words = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
    private static let bytes = words.map { Array($0.utf8) }

    /// UTF-8 bytes of each numeral.
    package static let byteCount = 3

    /// 一 for 1, 十 for 10; nil for any other number.
    package static func word(_ number: Int) -> String? {
        (1...10).contains(number) ? words[number - 1] : nil
    }

    /// 1 for 一, 10 for 十; nil for other text.
    package static func value(_ text: some Sequence<UInt8>) -> Int? {
        bytes.firstIndex { $0.elementsEqual(text) }.map { $0 + 1 }
    }
}
