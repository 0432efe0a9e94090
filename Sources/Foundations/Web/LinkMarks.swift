/// What statistics and messengers hang on to a link that is passed on (链接附带的标记). It asks for nothing, so it is passed
/// over, and no link of a page carries it further.
enum LinkMarks {
    /// Web statistics and advertisements (百度统计, 阿里, 360 …), and messengers (微信, 头条 …).
    private static let names: Set<String> = [
        "hmsr", "hmpl", "hmcu", "hmkw", "hmci", "bd_vid", "spm", "scm", "gclid", "fbclid", "msclkid",
        "yclid", "qhclickid", "mc_cid", "mc_eid",
        "isappinstalled", "nsukey", "scene", "subscene", "clicktime", "enterid", "share_token", "tt_from",
    ]
    /// Where a link was passed on in WeChat (微信); `from` is also a day of the list of obligations.
    private static let passedOn: Set<String> = ["singlemessage", "groupmessage", "timeline"]

    static func holds(_ name: String, _ values: [String]) -> Bool {
        names.contains(name) || name.hasPrefix("utm_") || name == "from" && passedOn.isSuperset(of: values)
    }
}
