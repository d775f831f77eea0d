package io.pgha.ssh.connection;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.ChachaPolyCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.kex.DHGroups;
import com.hierynomus.sshj.transport.kex.ExtInfoClientFactory;
import com.hierynomus.sshj.transport.mac.Macs;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.compression.NoneCompression;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.DHGexSHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import net.schmizz.sshj.transport.random.JCERandom;
import net.schmizz.sshj.transport.random.SingletonRandomFactory;

/**
 * The algorithms that are offered: what OpenSSH offers by default today, without SHA-1, CBC and
 * DSA. BouncyCastle costs 0.3 s at start, so it is registered only when an ECDSA key or an old key
 * format is met.
 */
public final class Algorithms extends ConfigImpl {
  static {
    leaveOutBouncyCastle();
  }

  Algorithms() {
    setLoggerFactory(LoggerFactory.DEFAULT);
    setVersion("pgha");
    setRandomFactory(new SingletonRandomFactory(new JCERandom.Factory()));
    setCompressionFactories(List.of(new NoneCompression.Factory()));
    setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
    offerKeyExchanges();
    offerKeys();
    offerCiphers();
  }

  /**
   * Keeps sshj from registering BouncyCastle by itself, which any first use of it does: reading a
   * key, for one. To be called before everything else.
   */
  public static void leaveOutBouncyCastle() {
    SecurityUtils.setRegisterBouncyCastle(false);
  }

  /** Makes ECDSA and the old PEM key formats known. */
  static synchronized void needBouncyCastle() {
    if (Security.getProvider(SecurityUtils.BOUNCY_CASTLE) == null) {
      try {
        // Last in the list: everything that the JDK has stays with the JDK. sshj brings the class
        // at
        // run time only.
        Class<?> provider = Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider");
        Security.addProvider((Provider) provider.getDeclaredConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("the library BouncyCastle is missing", e);
      }
    }
  }

  private void offerKeyExchanges() {
    setKeyExchangeFactories(
        List.of(
            new Curve25519SHA256.Factory(),
            new Curve25519SHA256.FactoryLibSsh(),
            new ECDHNistP.Factory256(),
            new ECDHNistP.Factory384(),
            new ECDHNistP.Factory521(),
            new DHGexSHA256.Factory(),
            DHGroups.Group16SHA512(),
            DHGroups.Group18SHA512(),
            DHGroups.Group14SHA256(),
            new ExtInfoClientFactory()));
  }

  private void offerKeys() {
    setKeyAlgorithms(
        List.of(
            KeyAlgorithms.EdDSA25519(),
            KeyAlgorithms.RSASHA512(),
            KeyAlgorithms.RSASHA256(),
            new Ecdsa(KeyAlgorithms.ECDSASHANistp256()),
            new Ecdsa(KeyAlgorithms.ECDSASHANistp384()),
            new Ecdsa(KeyAlgorithms.ECDSASHANistp521())));
  }

  private void offerCiphers() {
    setCipherFactories(
        List.of(
            GcmCiphers.AES128GCM(),
            GcmCiphers.AES256GCM(),
            BlockCiphers.AES128CTR(),
            BlockCiphers.AES192CTR(),
            BlockCiphers.AES256CTR(),
            ChachaPolyCiphers.CHACHA_POLY_OPENSSH()));
    setMACFactories(
        List.of(
            Macs.HMACSHA2256Etm(), Macs.HMACSHA2512Etm(), Macs.HMACSHA2256(), Macs.HMACSHA2512()));
  }

  /** An ECDSA algorithm that makes BouncyCastle known when it is chosen. */
  private record Ecdsa(KeyAlgorithms.Factory factory) implements Factory.Named<KeyAlgorithm> {
    @Override
    public String getName() {
      return factory.getName();
    }

    @Override
    public KeyAlgorithm create() {
      needBouncyCastle();
      return factory.create();
    }
  }
}
