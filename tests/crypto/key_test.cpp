#include "tests/catch.hpp"

#include "crypto/key.hpp"
#include "text/base64.hpp"

#include <string>

using namespace spie;
using namespace spie::crypto;

namespace {

std::string unhex(std::string_view digits) {
  std::string bytes(digits.size() / 2, '\0');
  REQUIRE(from_hex(digits, {reinterpret_cast<std::uint8_t *>(bytes.data()), bytes.size()}));
  return bytes;
}

std::string tohex(std::string_view bytes) {
  return hex({reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()});
}

// What a refusal says, which never holds a part of the secret or of the phrase.
template <class Act> std::string refusal(Act act) {
  try {
    act();
  } catch (const KeyError &error) {
    CHECK(error.first().code == Code::badge_key);
    CHECK_FALSE(error.french().empty());
    for (const std::string &said : {std::string(error.what()), error.french()})
      for (const std::string_view secret : {"IIU0dXqXlpJ7", "MIGbMFcGCSqG", "été à", "ete a"})
        CHECK(said.find(secret) == std::string::npos);
    return error.first().message;
  }
  return {};
}

void counting(std::span<std::uint8_t> bytes) {
  std::uint8_t next = 1;
  for (std::uint8_t &byte : bytes)
    byte = next++;
}

// Each drawn for these tests by the command openssl, 3.0.19: whoever reads them may sign with them.
constexpr std::string_view plain_pem = R"(-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIIU0dXqXlpJ7poXHr7LOlzToZhHWbxLlJJARbofsfPXH
-----END PRIVATE KEY-----
)";
constexpr std::string_view sealed_pem = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAi/IE9/WT4JgQICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEELGwpdAeTw1+xAaYsMhST6gEQBiv
Vvah3iAm8i8vRiqDNjtgpzURrhghWnZP7Qb+ToDtwTAeRUJu2WfwllgEPhNwHSWI
RV3ty0GCpqcr6bEk614=
-----END ENCRYPTED PRIVATE KEY-----
)";
constexpr std::string_view slow_pem = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGcMFgGCSqGSIb3DQEFDTBLMCoGCSqGSIb3DQEFDDAdBAh1ykUnYQJBBQIDHoSA
MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBAAjoefFCZBqFA1XLGfEjVQBEDl
UWaBV3PsVcMI6qVS4tRiHN+O/cVf2pUUKihJwyXizjBN0ixUN3+RnP5utDgwlLsF
xaIN1eeXZ16KVdK4AfY8
-----END ENCRYPTED PRIVATE KEY-----
)";
constexpr std::string_view scrypt_pem = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAgqcdJ7M06C5wICQAAC
AQgCAQEwHQYJYIZIAWUDBAEqBBDFzrVtSnP4abj0jOnb1IwQBECil8yLMm5FHQgT
S5yVCnBdyCjrrLPL2iVdsKEfiZZ3FrnqfvXyAN994nZI3qh/5kRtM26QjC/C4Ye7
B7jstOyS
-----END ENCRYPTED PRIVATE KEY-----
)";
constexpr std::string_view other_curve_pem = R"(-----BEGIN PRIVATE KEY-----
MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgTxobm/IKYCqg9F+5RcMQ
7ZXWxr4qF7gVq0aKoaUS4lqhRANCAARXt42gVmcQv9aolYVNN+77vPA/jtTohTzY
LfXzU0NrmC5Ycy7UQX8cypSRQ4VgtT4916/C0e2q8UzDomtWY6Hn
-----END PRIVATE KEY-----
)";
constexpr std::string_view sec1_pem = R"(-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIIupzoDBT0RNZ/NyM9TBhSNS4e6FiEeK7nHicws8d4xRoAoGCCqGSM49
AwEHoUQDQgAETM81odAk5lAIdEWmRv/zQPJRH6qOxkdKgySLTn4zgxFY6XpKNawF
ttu2Q2LjIwHsyxgivXh3+/l8zJiRJ9XjGA==
-----END EC PRIVATE KEY-----
)";
constexpr std::string_view short_rsa_pem = R"(-----BEGIN PRIVATE KEY-----
MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBAL1ZLG6KtoHjnJww
Eb9Hef0LUjSsaaFxoD7qGIcwlss8rZVWotsz48oHavbYSAMro5oQEVI5O65ewaHo
bwXcFnZdJ9Qz6UChso68R+wG60SM8CL6PXG//fvk83vcGDboIwXj5xq4N+UVGCI6
IZVz87LlfpeEsB7TqRdyiHG2HbUZAgMBAAECgYBzdR6swRSMm1fxvTX1JwZxkCeu
SruWYAzQkDoopS4t+2/1MgDYHQn3NRK6NiOjG0cFOGr3ckK8DrePnIWmUw+2TI6o
0nJW1EqhTCuDzYw09xFbmWSyFZAeDLq/hIcZpqxlDIAGO7CulwrVkz6+4i5sZWy/
7tdqjHWZ9S/0gbAzAQJBAN6b87d06hOrzjCQh/a3UTcjSxq+fR315uj3cowqYXmW
bX/Io2QbjqvBGYVBFIf32hMAKaam4CvmCO/N/ZOpTOkCQQDZwAbDB32Tna6hFPVV
bVH1KzAUfDROyiM53LjK2FVwj3eMOh926l5HqRRGgsggPHsNCcQBlMx/6kWmMWdg
PkixAkEA1J6YFe3xdYBvnCsv8hH93HA1WAIBdxBb0MAoBICmQX/QbnCwvvkjOCFj
wsb6WTP+co+BOM/C5ar9di6FuPfHoQJAR1hcntA4fAJhMlQsoiXkgaD56uxbMymV
6yJ/xa6mJ/BJ6j8tCgh2haJHi2bUbYODid0WRLJdYtf+pBpx1Z3ysQJAc0VK2Jj4
TFnUsYMYuH/SHmWetILWPN/JpT5bg6DLDpCKRK7Zhol7KbHexScaNMgrqs2QOu7D
Fgw9vMk6bz8xJg==
-----END PRIVATE KEY-----
)";
constexpr std::string_view rsa_pem = R"(-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC3jZvsk5NDBdpl
9djoSuKCsjUPKNUt3vi35wBoFufTyZ7L15pDiWjQOcvqEMBxhlNWfW8HdJlSI6rr
QfmI+rdoNRHBsnxoCjNQpNHBsSttz71Gv5JAxwIeVrZqG/JPESm3wSl2vYZjOnPM
vmzEjZOFd1q4N8yWfghqXH2l7Oui1v/FAjhlBy6ixdiVW+pkFW/OoWcMwYdSd/UM
ukRi0HdVO/oKS+Gyw/DBc2yFCsseN1mhIPiqhLyNv8erx8SxoJ3uZfbveBMUTStr
/YaaAaa659asLOtnJL7bDgDdSFaxQRvc405pXM1prYHQfi2wab/KNddPWZIewC1I
9sYLiFbRAgMBAAECggEATT9meJje590FvdVKVPB3BWP0Wo3nsadd6x9nl2bUZ9g5
YTY6cOPaXY+FVtt38g8C8apWWL/kaqIiI2Ifn1tMZqm28FqqaqqoT+8da7OhQFSm
Jqkm5uYZ6SS7HkrmngnuEaxUQ+mdLhOCeo9FfS7L/+ZsIo0xJ8Cg0Apewr7DqEK0
aIb52obuQXs+JmNoWce+1Z/gPr3ATo7hMe+J1m4D4v9+dV2xDnaCw+1H3ElMIsPQ
4R6R4XcaOkTNPgjauAVDgvP2gLWD7fk//PHW1+RixcLagCMRfwljvFT4bbj3Izq+
iek2Jw3OzC8fwa8EKU4uVEf9Jjfp3gQw2nH2Icqk5QKBgQD/z4prG9qshFzP/eHs
pJYKpZYwtQrG9Kr3PbW/4xG0l5mD4eYOOThyHCwozYWIvBlswO8KGdb16QOfUJKj
wnKeCRdzc36YAhUsPw8j2wZKLfx0jKc7dnWF70RXE4nIzYPGeWGHxLzG32XWvBAN
pXDwJRXFucBIrmwV2olSJSAsCwKBgQC3sGFdRzxo8V7fm16j6uEw9zG21V7JrrLi
WH39bmYgVnukGpEJuaYQ9YcpfZw37BJwEuzIaFTJDaV34kPx0j+mBx2fVSO3UIHE
vF0cFidqdAK+N33gHIqzZXcHr2PKD7e2AXKSZMRbD1NHwe+iiDK5LcvOESXIsTd3
wsEFMIh2EwKBgAGXsSzph3r7d/hzhCyM+cInNcAn4GFMtKPFZpRDPaD6MKJ5jY0Z
HhjXxA6c+O/Y+++JY/OUJZpyUOt0/PS4CS6ir9qwJWGc4bTcz6NRgcCEeMXg+kmM
ez7SNoK0RG9TmDZsGwdVWjeCvIeRtCfhl8pm8LPCbEgHjfS035X7VS/xAoGBAIdT
gEeSJaVCvZyLAGxOrFzAoHWMOGrpM4yhmSBOZxrH3AsIL3Y0uW2hFVSx35cramH6
70qt4ljEnvT1Uw0i0hVlBKPPu6Jfw1rHUulQQPWiRisRAsFLBbwoskqNIj1I2xVR
d7D2X9qeLcKd1Aevw369iHpmE6oJNU4bwswp9z7VAoGASQYML44QPpcbZg7uzPyo
X8kBYjp2g5yV4cY0fg36aJye9VEL9ur9U0InzyQxZkS6UBntMse+HSV0bn+evNTM
xc4gLgsQF9Ht1TpqdYUFLK8eHeJ4nv962Yfhe9RdALwqfySG8Cu1WWHOWJ0sm1Uq
kIAcN3BhIuCJgebeH0uu9rs=
-----END PRIVATE KEY-----
)";
constexpr std::string_view public_pem = R"(-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAchnukUMXqD+qhAcrR1oXcpHqqPamXjOHvBSMoZwdQBw=
-----END PUBLIC KEY-----
)";
constexpr std::string_view public_ec_pem = R"(-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAETM81odAk5lAIdEWmRv/zQPJRH6qO
xkdKgySLTn4zgxFY6XpKNawFttu2Q2LjIwHsyxgivXh3+/l8zJiRJ9XjGA==
-----END PUBLIC KEY-----
)";
constexpr std::string_view public_rsa_pem = R"(-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAt42b7JOTQwXaZfXY6Eri
grI1DyjVLd74t+cAaBbn08mey9eaQ4lo0DnL6hDAcYZTVn1vB3SZUiOq60H5iPq3
aDURwbJ8aAozUKTRwbErbc+9Rr+SQMcCHla2ahvyTxEpt8Epdr2GYzpzzL5sxI2T
hXdauDfMln4Ialx9pezrotb/xQI4ZQcuosXYlVvqZBVvzqFnDMGHUnf1DLpEYtB3
VTv6CkvhssPwwXNshQrLHjdZoSD4qoS8jb/Hq8fEsaCd7mX273gTFE0ra/2GmgGm
uufWrCzrZyS+2w4A3UhWsUEb3ONOaVzNaa2B0H4tsGm/yjXXT1mSHsAtSPbGC4hW
0QIDAQAB
-----END PUBLIC KEY-----
)";
constexpr std::string_view public_other_pem = R"(-----BEGIN PUBLIC KEY-----
MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEV7eNoFZnEL/WqJWFTTfu+7zwP47U6IU8
2C3181NDa5guWHMu1EF/HMqUkUOFYLU+PdevwtHtqvFMw6JrVmOh5w==
-----END PUBLIC KEY-----
)";
constexpr std::string_view phrase = "été à Œuilly";

} // namespace

TEST_CASE("Ed25519 signs as RFC 8032 §7.1 says", "[crypto][key]") {
  struct Vector {
    std::string_view secret, key, message, signature;
  };
  for (const Vector &vector :
       {Vector{
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0"
            "595bbe24655141438e7a100b"},
        Vector{
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eae"
            "b4302aeeb00d291612bb0c00"}}) {
    const PrivateKey secret = PrivateKey::from_raw(KeyKind::ed25519, unhex(vector.secret));
    CHECK(tohex(secret.public_key().raw()) == vector.key);
    const std::string message = unhex(vector.message);
    CHECK(tohex(secret.sign(message)) == vector.signature);
    const PublicKey key = PublicKey::from_raw(KeyKind::ed25519, unhex(vector.key));
    CHECK(key == secret.public_key());
    CHECK(key.verify(message, unhex(vector.signature)));
    CHECK_FALSE(key.verify(message + "x", unhex(vector.signature)));
    CHECK_FALSE(key.verify(message, unhex(vector.signature) + "x"));
    CHECK_FALSE(key.verify(message, ""));
  }
}

TEST_CASE("P-256 and P-384 verify the signatures of RFC 6979 §A.2", "[crypto][key]") {
  struct Vector {
    KeyKind kind;
    std::string_view secret, x, y, signature;
  };
  for (const Vector &vector :
       {Vector{KeyKind::p256, "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
               "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
               "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
               "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
               "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"},
        Vector{KeyKind::p384,
               "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5",
               "ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc13",
               "8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720",
               "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46"
               "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8"}}) {
    CAPTURE(name(vector.kind));
    const PrivateKey secret = PrivateKey::from_raw(vector.kind, unhex(vector.secret));
    const PublicKey &key = secret.public_key();
    CHECK(tohex(key.first()) == vector.x);
    CHECK(tohex(key.second()) == vector.y);
    CHECK(tohex(key.raw()) == (vector.y.back() % 2 == 0 ? "02" : "03") + std::string(vector.x));
    CHECK(PublicKey::from_raw(vector.kind, key.raw()) == key);
    CHECK(PublicKey::from_raw(vector.kind, "\x04" + key.first() + key.second()) == key);
    CHECK(key.verify("sample", unhex(vector.signature)));
    CHECK_FALSE(key.verify("Sample", unhex(vector.signature)));
    std::string zeros(vector.signature.size() / 2, '\0');
    CHECK_FALSE(key.verify("sample", zeros));
    CHECK_FALSE(key.verify("sample", zeros.substr(1)));
    // As X.509 writes it, which JOSE does not.
    const std::size_t half = vector.signature.size() / 4;
    const std::string r = unhex(vector.signature).substr(0, half), s = unhex(vector.signature).substr(half);
    const std::string numbers =
        std::string("\x02") + static_cast<char>(half + 1) + '\0' + r + '\x02' + static_cast<char>(half + 1) + '\0' + s;
    CHECK_FALSE(key.verify("sample", std::string("\x30") + static_cast<char>(numbers.size()) + numbers));
    const std::string mine = secret.sign("sample");
    CHECK(mine.size() == vector.signature.size() / 2);
    CHECK(key.verify("sample", mine));

    std::string off = "\x04" + key.first() + key.second();
    off.back() = static_cast<char>(off.back() ^ 1);
    CHECK(refusal([&] { PublicKey::from_raw(vector.kind, off); }).starts_with("the key is no point of the curve P-"));
    off.front() = '\x06'; // the hybrid form of X9.62
    CHECK_FALSE(refusal([&] { PublicKey::from_raw(vector.kind, off); }).empty());
    for (const std::string &wrong : {std::string(), std::string(1, '\0'), key.raw() + "x", key.raw().substr(1)})
      CHECK_FALSE(refusal([&] { PublicKey::from_raw(vector.kind, wrong); }).empty());
    CHECK_FALSE(refusal([&] { PrivateKey::from_raw(vector.kind, std::string(key.first().size(), '\0')); }).empty());
    CHECK_FALSE(refusal([&] { PrivateKey::from_raw(vector.kind, std::string(key.first().size(), '\xff')); }).empty());
  }
}

TEST_CASE("an Ed25519 key that is no point, or of small order, is refused", "[crypto][key]") {
  CHECK(refusal([] { PublicKey::from_raw(KeyKind::ed25519, "short"); }).ends_with("length of a key Ed25519"));
  // y = 2 stands on no point of the curve; y = p + 1 is another spelling of y = 1.
  for (const std::string_view point : {"0200000000000000000000000000000000000000000000000000000000000000",
                                       "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"})
    CHECK(refusal([&] { PublicKey::from_raw(KeyKind::ed25519, unhex(point)); }) ==
          "the key is no point of the curve Ed25519");
  // The identity: R the identity and S zero hold for every message under it.
  for (const std::string_view point : {"0100000000000000000000000000000000000000000000000000000000000000",
                                       "0100000000000000000000000000000000000000000000000000000000000080",
                                       "0000000000000000000000000000000000000000000000000000000000000080",
                                       "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"})
    CHECK(refusal([&] {
            PublicKey::from_raw(KeyKind::ed25519, unhex(point));
          }).starts_with("the Ed25519 key has a small order"));
}

TEST_CASE("an RSA key is of 2,048 bits at least, and its exponent is one", "[crypto][key]") {
  const PrivateKey secret = PrivateKey::from_pem(rsa_pem);
  const PublicKey &key = secret.public_key();
  CHECK(key.kind() == KeyKind::rsa);
  CHECK(key.first().size() == 256);
  CHECK(tohex(key.second()) == "010001");
  const std::string signature = secret.sign("message");
  CHECK(signature.size() == 256);
  const PublicKey read = PublicKey::from_rsa(key.first(), key.second());
  CHECK(read == key);
  CHECK(read.verify("message", signature));
  CHECK_FALSE(read.verify("messagf", signature));
  CHECK_FALSE(read.verify("message", signature.substr(1)));
  CHECK(refusal([] { PrivateKey::from_pem(short_rsa_pem); }) == "an RSA key must have 2,048 to 8,192 bits");
  CHECK_FALSE(refusal([&] { PublicKey::from_rsa(key.first().substr(1), key.second()); }).empty());
  CHECK_FALSE(refusal([&] { PublicKey::from_rsa(std::string(1'025, '\x11'), key.second()); }).empty());
  for (const std::string &exponent :
       {std::string(), std::string("\x01"), std::string("\x02"), std::string(9, '\x11'), std::string("\0\x03", 2)})
    CHECK_FALSE(refusal([&] { PublicKey::from_rsa(key.first(), exponent); }).empty());
}

TEST_CASE("a key is written in PKCS#8, sealed or not, and read back", "[crypto][key]") {
  for (const KeyKind kind : {KeyKind::ed25519, KeyKind::p256, KeyKind::p384}) {
    CAPTURE(name(kind));
    const PrivateKey drawn = PrivateKey::generate(kind, counting);
    CHECK(drawn.public_key() == PrivateKey::generate(kind, counting).public_key());
    CHECK_FALSE(drawn.public_key() == PrivateKey::generate(kind, system_entropy).public_key());
    const Secret pem = drawn.to_pem();
    CHECK(pem.view().starts_with("-----BEGIN PRIVATE KEY-----\n"));
    const PrivateKey read = PrivateKey::from_pem(pem.view());
    CHECK(read.public_key() == drawn.public_key());
    CHECK(drawn.public_key().verify("badge", read.sign("badge")));
  }
  const PrivateKey drawn = PrivateKey::generate(KeyKind::p256, counting);
  const Secret sealed = drawn.to_pem(phrase, counting);
  CHECK(sealed.view().starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
  CHECK(PrivateKey::from_pem(sealed.view(), phrase).public_key() == drawn.public_key());
  CHECK(refusal([&] { PrivateKey::from_pem(sealed.view(), "ete a Œuilly"); }) ==
        "the passphrase is not that of the key");
  CHECK_FALSE(refusal([&] { (void)drawn.to_pem("", counting); }).empty());
}

TEST_CASE("a public half that is not of its private half is refused", "[crypto][key]") {
  // PKCS#8 ends with the point, which no check of the form compares with the scalar before it.
  const PrivateKey mine = PrivateKey::generate(KeyKind::p256, counting);
  const PrivateKey other = PrivateKey::generate(KeyKind::p256, system_entropy);
  const auto der = [](const PrivateKey &key) {
    const Secret pem = key.to_pem();
    std::string digits;
    for (const char c : pem.view().substr(28, pem.view().rfind("-----END") - 28))
      if (c != '\n' && c != '=')
        digits += c == '+' ? '-' : c == '/' ? '_' : c;
    return from_base64url(digits).value();
  };
  const auto pem = [](std::string_view bytes) {
    std::string text = to_base64url(bytes);
    for (char &c : text)
      c = c == '-' ? '+' : c == '_' ? '/' : c;
    text.append((4 - text.size() % 4) % 4, '=');
    for (std::size_t at = 64; at < text.size(); at += 65)
      text.insert(at, 1, '\n');
    return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
  };
  const std::string bytes = der(mine), point = der(other).substr(bytes.size() - 64);
  CHECK(PrivateKey::from_pem(pem(bytes)).public_key() == mine.public_key());
  CHECK(refusal([&] { PrivateKey::from_pem(pem(bytes.substr(0, bytes.size() - 64) + point)); }) ==
        "the two halves of the key do not go together");
}

TEST_CASE("libcrypto draws an RSA key", "[crypto][key][slow]") {
  const PrivateKey drawn = PrivateKey::generate(KeyKind::rsa, counting);
  CHECK(drawn.public_key().first().size() == 384);
  CHECK(PrivateKey::from_pem(drawn.to_pem().view()).public_key() == drawn.public_key());
}

TEST_CASE("what openssl wrote is read, and what is no PKCS#8 is refused", "[crypto][key]") {
  constexpr std::string_view known = "7219ee914317a83faa84072b475a177291eaa8f6a65e3387bc148ca19c1d401c";
  CHECK(tohex(PrivateKey::from_pem(plain_pem).public_key().raw()) == known);
  CHECK(tohex(PrivateKey::from_pem(sealed_pem, phrase).public_key().raw()) == known);
  CHECK(refusal([] { PrivateKey::from_pem(sealed_pem); }) == "the key is encrypted, and no passphrase was given");
  CHECK(refusal([] { PrivateKey::from_pem(plain_pem, "phrase"); }) ==
        "a passphrase was given, and the key is not encrypted");
  CHECK(refusal([] { PrivateKey::from_pem(slow_pem, "x"); }).find("1,000,000 rounds") != std::string::npos);
  CHECK(refusal([] { PrivateKey::from_pem(scrypt_pem, "x"); }).find("PBES2 with PBKDF2") != std::string::npos);
  CHECK(refusal([] { PrivateKey::from_pem(other_curve_pem); }) == "the key is neither Ed25519, P-256, P-384 nor RSA");
  const std::string form = "the text is not one private key in PKCS#8 PEM (-----BEGIN PRIVATE KEY-----)";
  const std::string twice = std::string(plain_pem) + std::string(plain_pem);
  const std::string cut(plain_pem.substr(0, plain_pem.size() / 2));
  const std::string large(70'000, 'A');
  for (const std::string_view wrong :
       {std::string_view(sec1_pem), std::string_view(twice), std::string_view(cut), std::string_view(large),
        std::string_view(""), std::string_view(), std::string_view("{}")})
    CHECK(refusal([&] { PrivateKey::from_pem(wrong); }) == form);
}

TEST_CASE("a public key is read from PEM as openssl writes it", "[crypto][key]") {
  CHECK(PublicKey::from_pem(public_pem) == PrivateKey::from_pem(plain_pem).public_key());
  CHECK(PublicKey::from_pem(public_rsa_pem) == PrivateKey::from_pem(rsa_pem).public_key());
  CHECK(PublicKey::from_pem(public_ec_pem).kind() == KeyKind::p256);
  CHECK(refusal([] { PublicKey::from_pem(public_other_pem); }) == "the key is neither Ed25519, P-256, P-384 nor RSA");
  const std::string twice = std::string(public_pem) + std::string(public_pem);
  for (const std::string_view wrong : {std::string_view(plain_pem), std::string_view(twice), std::string_view()})
    CHECK(refusal([&] { PublicKey::from_pem(wrong); }) ==
          "the text is not one public key in PEM (-----BEGIN PUBLIC KEY-----)");
}

TEST_CASE("what signs elsewhere is believed once its signature holds", "[crypto][key]") {
  const PrivateKey mine = PrivateKey::generate(KeyKind::ed25519, counting);
  CHECK(mine.public_key().verify("x", Signer(mine)("x")));
  const Signer elsewhere(mine.public_key(), [](std::string_view) { return std::string(64, 's'); });
  CHECK_FALSE(refusal([&] { (void)elsewhere("x"); }).empty());
}
