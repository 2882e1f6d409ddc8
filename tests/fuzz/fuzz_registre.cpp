// Registers of statuses, and credentials that are given an entry: an entry is given once, no revocation is lifted, and
// the list that is published says what the register holds.
#include "tests/fuzz/fuzz.hpp"

#include "credentials/status.hpp"
#include "rules/json/reader.hpp"
#include "spie/credentials/registre.hpp"
#include "spie/diagnostic.hpp"

#include <span>
#include <string>

using namespace spie;
using namespace spie::credentials;

namespace {

// The same bytes each time, so that a case is found again.
struct Entropy {
  std::uint8_t next = 0;
  void operator()(std::span<std::uint8_t> bytes) {
    for (std::uint8_t &one : bytes)
      one = static_cast<std::uint8_t>(next = static_cast<std::uint8_t>(next * 5 + 3));
  }
};

template <class Act> bool done(Act &&act) {
  try {
    act();
    return true;
  } catch (const Error &) {
    return false;
  }
}

const EntreeStatut *entry_of(const EtatRegistre &state, std::string_view badge) {
  for (const EntreeStatut &one : state.entrees)
    if (one.badge == badge)
      return &one;
  return nullptr;
}

void publish(const Registre &kept) {
  const std::string list = kept.attestation("ISSUER", "2026-11-29T08:00:00Z", "2027-11-29T08:00:00Z");
  const feel::Value document = json::read_verbatim(list).value;
  const EtatRegistre state = kept.etat();
  if (!kept.signee()) {
    (void)read_revocation_list(document);
    return;
  }
  const StatusList published = read_status_list(document);
  for (const EntreeStatut &one : state.entrees) {
    StatusEntry entry;
    entry.index = static_cast<std::uint64_t>(one.index);
    entry.size = static_cast<int>(state.bits);
    entry.purpose = *purpose_of(state.but);
    fuzz::promise(status_of(entry, published).value == static_cast<unsigned>(one.etat),
                  "the list says what the register holds");
  }
}

void keep(std::string_view text) {
  Registre kept = Registre::lire(text);
  fuzz::promise(Registre::lire(kept.ecrire()).ecrire() == kept.ecrire(), "a register is read back as it was written");
  const std::string badge(text.substr(0, 40));
  Entropy entropy;
  if (done([&] { kept.inscrire(badge, entropy); })) {
    const EtatRegistre first = kept.etat();
    fuzz::promise(entry_of(first, badge) != nullptr, "who is given an entry has it");
    const auto index = entry_of(first, badge)->index;
    kept.inscrire(badge, entropy);
    const EtatRegistre second = kept.etat();
    fuzz::promise(second.entrees.size() == first.entrees.size() && entry_of(second, badge)->index == index,
                  "an entry is given once");
    if (done([&] { kept.poser(badge, 1, "x"); }) && first.but == "revocation")
      fuzz::promise(!done([&] { kept.poser(badge, 0); }), "a revocation is not lifted");
  }
  done([&] { kept.poser(badge, -1); });
  publish(kept);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  done([&] { keep(text); });
  done([&] {
    Registre kept(OptionsRegistre{"https://exemple.fr/etats/1"});
    Entropy entropy;
    const std::string entered = kept.attester(text, entropy);
    fuzz::promise(json::read_verbatim(entered).value.is(feel::Kind::context), "what is entered is JSON");
    fuzz::promise(kept.etat().entrees.size() == 1, "it has its entry");
    fuzz::promise(kept.attester(text, entropy) == entered, "the same one, asked again");
  });
  return 0;
}
