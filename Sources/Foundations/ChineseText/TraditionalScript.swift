import COpenCC
import Synchronization

/// Simplified text in Traditional characters (繁体), for display: word by word, since one character may become several
/// (头发 → 頭髮, 发布 → 發佈), in the forms that are read most (核, 才, 為 and not 覈, 纔, 爲). For comparing texts there is `ScriptFolding`.
package enum TraditionalScript {
    /// The text in Traditional characters; whatever is not Simplified stays as it is, line by line.
    package static func of(_ text: String) -> String {
        let prepared = TraditionalWords.prepared(text)
        let text = String(prepared.text)
        return converter.withLock { converter in
            guard let converted = opencc_convert_utf8(converter.pointer, text, text.utf8.count) else {
                preconditionFailure("OpenCC could not convert text that is UTF-8")
            }
            defer { opencc_convert_utf8_free(converted) }
            return TraditionalWords.completed(String(cString: converted), prepared)
        }
    }

    /// Opened once, at first use, and never closed. One thread at a time: OpenCC does not promise more.
    private static let converter = Mutex(Converter())

    private struct Converter: ~Copyable {
        let pointer: opencc_t

        init() {
            guard let opened = opencc_open("s2tw.json"), opened != opencc_t(bitPattern: -1) else {
                preconditionFailure("OpenCC's table s2tw.json is not installed (Debian: libopencc-data)")
            }
            pointer = opened
        }
    }
}
