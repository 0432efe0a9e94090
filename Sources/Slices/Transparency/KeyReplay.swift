/// What the leaves tell of the log's own keys, held against the file that keeps them (日志密钥).
struct KeyReplay {
    private var purposes: [String: String] = [:]
    private var retired: Set<String> = []

    init(_ changes: [(act: String, change: [String: String])]) {
        for (act, change) in changes {
            guard let key = change["key"] else { continue }
            if act == "key.added" { purposes[key] = change["purpose"] ?? "" }
            if act == "key.retired" { retired.insert(key) }
        }
    }

    /// The first thing in which the file differs, in Chinese; nil when they agree.
    func difference(from keyring: LogKeyring) -> String? {
        for key in keyring.keys {
            guard let purpose = purposes[key.publicKey] else {
                return "密钥 \(key.publicKey) 在密钥文件里，没有写入日志。"
            }
            if purpose != key.purpose.rawValue { return "密钥 \(key.publicKey) 的用途与日志不符。" }
            if retired.contains(key.publicKey) == key.retiredAt.isEmpty {
                return "密钥 \(key.publicKey) 的停用情况与日志不符。"
            }
        }
        let kept = Set(keyring.keys.map(\.publicKey))
        return purposes.keys.sorted().first { !kept.contains($0) }.map { "日志里的密钥 \($0) 不在密钥文件里。" }
    }
}
