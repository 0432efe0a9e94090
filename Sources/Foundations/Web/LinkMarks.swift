/// What statistics and messengers hang on to a link that is passed on (链接附带的标记). It asks for nothing, so it is passed
/// over, and no link of a page carries it further.
enum LinkMarks {
    /// Web statistics and advertisements: 百度统计, 阿里, and others.
    private static let names: Set<String> = [
        "hmsr", "hmpl", "hmcu", "hmkw", "hmci", "bd_vid", "spm", "scm", "gclid", "fbclid", "msclkid",
        "isappinstalled", "nsukey",
    ]
    /// Where a link was passed on in WeChat (微信); `from` is also a day of the list of obligations.
    private static let passedOn: Set<String> = ["singlemessage", "groupmessage", "timeline"]

    static func holds(_ name: String, _ values: [String]) -> Bool {
        names.contains(name) || name.hasPrefix("utm_") || name == "from" && passedOn.isSuperset(of: values)
    }
}
