import HummingbirdHTTP2
import NIOSSL

/// What a server proves itself with to those who ask by https: its certificates and their private key (服务器证书).
package struct ServerCertificate: Sendable {
    let configuration: TLSConfiguration

    /// Which of the files cannot be used.
    package enum Flaw: Error, Sendable, Hashable {
        /// It is not there, cannot be read or holds no certificate in PEM.
        case certificates
        /// It is not there, cannot be read, is sealed or holds no key in PEM.
        case privateKey
        /// The key is not that of the first certificate.
        case otherKey
    }

    /// - Parameters:
    ///   - certificates: the path of a PEM file: the server's own certificate, then those between it and a root.
    ///   - privateKey: the path of a PEM file without a passphrase.
    package init(certificates: String, privateKey: String) throws(Flaw) {
        let chain: [NIOSSLCertificate]
        do { chain = try NIOSSLCertificate.fromPEMFile(certificates) } catch { throw .certificates }
        if chain.isEmpty { throw .certificates }
        let key: NIOSSLPrivateKey
        do { key = try NIOSSLPrivateKey(file: privateKey, format: .pem) } catch { throw .privateKey }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        do { _ = try NIOSSLContext(configuration: configuration) } catch { throw .otherKey }
        self.configuration = configuration
    }
}
