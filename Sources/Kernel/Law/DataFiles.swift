import BuiltIn

/// The data files of the law: built into the program, overlaid by files of the same name in a data folder.
package struct DataFiles: Sendable {
    /// The names of all built-in files, in the order of the table.
    package static let builtInNames: [String] = (0..<built_in_count()).map {
        String(cString: built_in_file($0).name)
    }

    /// The built-in bytes of that name, or nil when there is no such file.
    package static func builtIn(_ name: String) -> [UInt8]? {
        for index in 0..<built_in_count() {
            let file = built_in_file(index)
            if String(cString: file.name) == name {
                return Array(UnsafeBufferPointer(start: file.bytes, count: file.size))
            }
        }
        return nil
    }
}
