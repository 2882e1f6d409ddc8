// One badge signed with eddsa-rdfc-2022, warm: its reading, its statements, their canonical form, the signature alone,
// and the whole verification from its text; then how many of them a second, beside the signatures alone (`openssl speed
// ed25519` counts the same ones).
#include "spie/credentials/badge.hpp"
#include "credentials/data_integrity.hpp"
#include "credentials/jsonld/to_rdf.hpp"
#include "credentials/key_forms.hpp"
#include "credentials/rdf/canonical.hpp"
#include "spie/credentials/issue.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>

using namespace spie;
using namespace spie::credentials;

namespace {

template <class Work> double best(int times, Work &&work) {
  double least = 1e9;
  for (int i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    least = std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return least;
}

} // namespace

int main() {
  std::ifstream in(std::string(SPIE_SOURCE_DIR) + "/tests/credentials/badge.json");
  std::ostringstream content;
  content << in.rdbuf();
  const crypto::PrivateKey key = crypto::PrivateKey::generate(crypto::KeyKind::ed25519, crypto::system_entropy);
  const crypto::PublicKey public_key = key.public_key();
  const jsonld::Contexts &contexts = jsonld::Contexts::pinned();
  const std::string text = add_proof(
      content.str(), {Suite::eddsa_rdfc_2022, own_method(to_did(public_key)), "2026-11-29T09:00:00Z"}, key, contexts);
  const std::string jcs = add_proof(
      content.str(), {Suite::eddsa_jcs_2022, own_method(to_did(public_key)), "2026-11-29T09:00:00Z"}, key, contexts);
  const json::Verbatim document = json::read_verbatim(content.str());
  const auto statements = jsonld::to_rdf({document.value, &document.digits}, contexts);
  const std::string message(64, 'm'), signature = key.sign(message);
  const auto whole = [&](const std::string &badge) {
    Secured secured(json::read_verbatim(badge));
    const Proof &proof = secured.proofs().front();
    if (!secured.holds(proof, read_multikey(proof.verification_method.substr(proof.verification_method.find('#') + 1)),
                       contexts))
      std::puts("the proof does not hold");
  };
  constexpr int times = 2'000;
  const double alone = best(times, [&] { (void)public_key.verify(message, signature); });
  const double rdfc = best(times, [&] { whole(text); });
  std::printf("a badge of %zu bytes, %zu statements\n", text.size(), statements.dataset.size());
  std::printf("  reading                  %8.1f us\n", best(times, [&] { json::read_verbatim(text); }) * 1e6);
  std::printf("  JSON-LD to statements    %8.1f us\n", best(times, [&] {
                                                         jsonld::to_rdf({document.value, &document.digits}, contexts);
                                                       }) * 1e6);
  std::printf("  RDFC-1.0                 %8.1f us\n", best(times, [&] { rdf::canonical(statements.dataset); }) * 1e6);
  std::printf("  signature alone          %8.1f us   %8.0f a second\n", alone * 1e6, 1 / alone);
  std::printf("  whole, eddsa-rdfc-2022   %8.1f us   %8.0f a second, %.2f of the signatures alone\n", rdfc * 1e6,
              1 / rdfc, alone / rdfc);
  const double jcs_time = best(times, [&] { whole(jcs); });
  std::printf("  whole, eddsa-jcs-2022    %8.1f us   %8.0f a second\n", jcs_time * 1e6, 1 / jcs_time);
  // The whole report, as those who receive a badge ask for it.
  const Cle issuer = Cle::generer("ed25519");
  OptionsVerification options;
  options.au = "2026-11-29T10:00:00Z";
  const Verificateur verifier(std::move(options));
  std::ifstream attestation(std::string(SPIE_SOURCE_DIR) + "/examples/donnees/attestation.json");
  const std::string credential{std::istreambuf_iterator<char>(attestation), {}};
  for (const Preuve proof : {Preuve::vc_jwt, Preuve::eddsa_rdfc_2022}) {
    const std::string badge = emettre(credential, issuer, {{proof}, "2026-11-29T09:00:00Z", {}}).badge;
    const double report = best(times, [&] { (void)verifier.verifier(badge); });
    std::printf("  report, %-16s %8.1f us   %8.0f a second, %.2f of the signatures alone\n",
                std::string(spie::credentials::text(proof)).c_str(), report * 1e6, 1 / report, alone / report);
  }
  return 0;
}
