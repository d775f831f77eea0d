package io.pgha.ssh.connection;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.schmizz.sshj.SSHClient;

/**
 * Goes through what a connection computes, with keys of its own that nobody ever sees: classes are
 * loaded and the arithmetic is compiled before the first real connection waits for them.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /** Rehearses; where something can't be had here, the real connection is the one to say so. */
  public static void run() {
    try (SSHClient client = new SSHClient(new Algorithms())) {
      byte[] secret = exchange();
      byte[] signed = sign(secret);
      encrypt(secret, signed);
      client.getTransport();
    } catch (GeneralSecurityException | IOException e) {
      System.getLogger(Rehearsal.class.getName())
          .log(System.Logger.Level.DEBUG, "a connection can't be rehearsed", e);
    }
  }

  private static byte[] exchange() throws GeneralSecurityException {
    KeyPairGenerator exchanged = KeyPairGenerator.getInstance("X25519");
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(exchanged.generateKeyPair().getPrivate());
    agreement.doPhase(exchanged.generateKeyPair().getPublic(), true);
    return MessageDigest.getInstance("SHA-256").digest(agreement.generateSecret());
  }

  /** A server's signature is checked, an own one is made. */
  private static byte[] sign(byte[] text) throws GeneralSecurityException {
    KeyFactory keys = KeyFactory.getInstance("Ed25519");
    KeyPair made = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    PrivateKey own = keys.generatePrivate(new PKCS8EncodedKeySpec(made.getPrivate().getEncoded()));
    PublicKey theirs = keys.generatePublic(new X509EncodedKeySpec(made.getPublic().getEncoded()));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(own);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(theirs);
    signature.update(text);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the signature made just now is not accepted");
    }
    return signed;
  }

  private static void encrypt(byte[] secret, byte[] text) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    SecretKeySpec key = new SecretKeySpec(secret, 0, 16, "AES");
    GCMParameterSpec start = new GCMParameterSpec(128, secret, 16, 12);
    cipher.init(Cipher.ENCRYPT_MODE, key, start);
    byte[] hidden = cipher.doFinal(text);
    cipher.init(Cipher.DECRYPT_MODE, key, start);
    cipher.doFinal(hidden);
  }
}
