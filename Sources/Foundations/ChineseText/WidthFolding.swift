/// One width for what is written in two: full-width ASCII becomes half-width, every blank a plain space.
package enum WidthFolding {
    /// The half-width form of that scalar; itself when it has none.
    package static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.value < 0x80 { return scalar }
        if scalar.value >= 0xFF01, scalar.value <= 0xFF5E {
            return Unicode.Scalar(UInt8(scalar.value - 0xFF01 + 0x21))
        }
        return scalar.isBlank ? " " : scalar
    }

    /// The text in half width, punctuation too: for comparing and searching, not for display.
    package static func fold(_ text: String) -> String {
        String(scalars: text.unicodeScalars.lazy.map(fold))
    }
}
