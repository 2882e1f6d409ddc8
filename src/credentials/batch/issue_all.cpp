#include "credentials/finding.hpp"
#include "credentials/recipient.hpp"
#include "credentials/status/registers.hpp"
#include "crypto/key.hpp"
#include "rules/json/reader.hpp"
#include "spie/credentials/lot.hpp"
#include "spie/json.hpp"
#include "spie/nir.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace spie::credentials {

namespace {

using feel::Context;
using feel::Value;

constexpr std::size_t most_findings = 1'000;

std::string place_of(const LigneLot &line, std::string_view under = {}) {
  return "ligne " + std::to_string(line.ligne) + (under.empty() ? "" : " : ") + std::string(under);
}

std::string uuid(const crypto::Entropy &entropy) {
  std::array<std::uint8_t, 16> bytes{};
  entropy(bytes);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x40U); // version 4, RFC 9562 §5.4
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
  std::string text = "urn:uuid:" + crypto::hex(bytes);
  for (const std::size_t dash : {17U, 22U, 27U, 32U})
    text.insert(dash, 1, '-');
  return text;
}

// What is wrong with the lines, before anything is made of them; ids are given to those that have none.
std::vector<Diagnostic> prepare(std::vector<LigneLot> &lines, const crypto::Entropy &entropy) {
  std::vector<Diagnostic> found;
  const auto fault = [&](const LigneLot &line, std::string_view under, std::string english, std::string french) {
    found.push_back(
        {Code::badge_structure, Level::error, std::move(english), place_of(line, under), {}, std::move(french)});
  };
  std::unordered_set<std::string> ids;
  for (std::size_t i = 0; i < lines.size() && found.size() < most_findings; ++i) {
    LigneLot &line = lines[i];
    if (line.ligne == 0)
      line.ligne = static_cast<std::int64_t>(i) + 1;
    if (line.id.empty())
      line.id = uuid(entropy);
    if (!ids.insert(line.id).second)
      fault(line, "id", "an id is given twice", "un identifiant est donné deux fois");
    if (line.destinataire.empty() == line.courriel.empty())
      fault(line, {}, "a line names one recipient, by an identifier or by an e-mail address",
            "une ligne nomme un destinataire, par « destinataire » ou par « courriel »");
    // One at-sign with something on each side: what it takes to be an address is for who sends to it.
    const std::size_t at = line.courriel.find('@');
    if (!line.courriel.empty() &&
        (at == 0 || at >= line.courriel.size() - 1 || line.courriel.find('@', at + 1) != std::string::npos))
      fault(line, "courriel", "that is no e-mail address", "ce n’est pas une adresse de courriel");
    for (const auto &[name, text] : {std::pair{"id", &line.id},
                                     {"destinataire", &line.destinataire},
                                     {"courriel", &line.courriel},
                                     {"recit", &line.recit}})
      if (holds_nir(*text))
        fault(line, name, "a NIR stands there: no badge holds one", "un NIR s’y trouve : aucun badge n’en contient");
  }
  return found;
}

class Model {
public:
  explicit Model(std::string_view text) : document_(json::read_verbatim(text).value) {
    const Value *subject = document_.is(feel::Kind::context) ? document_.context().find("credentialSubject") : nullptr;
    if (subject == nullptr || !subject->is(feel::Kind::context))
      throw Error(Diagnostic{Code::badge_structure,
                             Level::error,
                             "the model has no credentialSubject that is one object",
                             "/credentialSubject",
                             {},
                             "le modèle n’a pas un « credentialSubject » qui soit un objet"});
    subject_ = subject->context();
    refuse_nir(document_, {});
  }

  std::string of(const LigneLot &line, const crypto::Entropy &entropy) const {
    // A recipient that the model names is not that of everybody.
    std::vector<Context::Entry> subject;
    if (!line.destinataire.empty())
      subject.push_back({"id", Value(line.destinataire)});
    for (const auto &[key, value] : subject_)
      if (key != "id" && key != "identifier" && (key != "narrative" || line.recit.empty()))
        subject.push_back({key, value});
    if (!line.courriel.empty()) {
      std::array<std::uint8_t, 16> salt{};
      entropy(salt);
      subject.push_back({"identifier", Value(feel::List{identity_of(line.courriel, crypto::hex(salt))})});
    }
    if (!line.recit.empty())
      subject.push_back({"narrative", Value(line.recit)});
    Context made = document_.context();
    made.set("id", Value(line.id));
    made.set("credentialSubject", Value(Context::of_distinct(std::move(subject))));
    return write_json(Value(std::move(made)), 2) + "\n";
  }

private:
  static void refuse_nir(const Value &value, const std::string &where) {
    if (value.is(feel::Kind::context)) {
      for (const auto &[key, under] : value.context())
        refuse_nir(under, where + "/" + key);
    } else if (value.is(feel::Kind::list)) {
      for (std::size_t i = 0; i < value.list().size(); ++i)
        refuse_nir(value.list()[i], where + "/" + std::to_string(i));
    } else if (holds_nir(value.is(feel::Kind::text) ? value.text() : write_json(value))) {
      throw Error(Diagnostic{Code::badge_structure,
                             Level::error,
                             "a NIR stands in the model: no badge holds one",
                             where,
                             {},
                             "un NIR se trouve dans le modèle\u202f: aucun badge n’en contient"});
    }
  }

  Value document_;
  Context subject_;
};

// Each text signed, on so many threads; the faults of lines are gathered, and what is nobody's line ends the whole.
class Signing {
public:
  Signing(const std::vector<LigneLot> &lines, const std::vector<std::string> &texts, const Cle &key,
          const OptionsLot &options)
      : lines_(lines), texts_(texts), key_(key), options_(options), how_(options.emission), made_(lines.size()) {
    how_.registres.clear(); // the entries stand in the texts
  }

  std::vector<BadgeEmis> run() {
    const std::size_t wanted = options_.fils == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options_.fils;
    {
      std::vector<std::jthread> others;
      for (std::size_t i = 1; i < std::min(wanted, lines_.size()); ++i)
        others.emplace_back([this] { work(); });
      work();
    }
    if (failure_)
      std::rethrow_exception(failure_);
    if (!found_.empty()) {
      std::stable_sort(found_.begin(), found_.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
      std::vector<Diagnostic> told;
      for (auto &[line, one] : found_)
        told.push_back(std::move(one));
      throw Error(std::move(told));
    }
    return std::move(made_);
  }

private:
  void work() {
    for (std::size_t i = next_++; i < lines_.size() && !stopped_; i = next_++)
      try {
        Emission one = emettre(texts_[i], key_, how_);
        made_[i] = {lines_[i].ligne, lines_[i].id, one.jws, std::move(one.badge), std::move(one.avertissements)};
        tell();
      } catch (const crypto::KeyError &) { // of the key, that no other line would please more
        stop(std::current_exception());
      } catch (const Error &error) {
        const std::lock_guard held(mutex_);
        for (Diagnostic one : error.diagnostics()) {
          if (found_.size() >= most_findings)
            break;
          one.where = place_of(lines_[i], one.where);
          found_.emplace_back(i, std::move(one));
        }
        stopped_ = found_.size() >= most_findings;
      } catch (...) {
        stop(std::current_exception());
      }
  }
  void tell() {
    if (!options_.avancement)
      return;
    const std::lock_guard held(mutex_);
    options_.avancement(++done_, lines_.size());
  }
  void stop(std::exception_ptr failure) {
    const std::lock_guard held(mutex_);
    stopped_ = true;
    if (!failure_)
      failure_ = std::move(failure);
  }

  const std::vector<LigneLot> &lines_;
  const std::vector<std::string> &texts_;
  const Cle &key_;
  const OptionsLot &options_;
  OptionsEmission how_;
  std::vector<BadgeEmis> made_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_; // of what follows
  std::size_t done_ = 0;
  std::exception_ptr failure_;
  std::vector<std::pair<std::size_t, Diagnostic>> found_;
};

} // namespace

std::vector<BadgeEmis> emettre_lot(std::string_view modele, const std::vector<LigneLot> &lignes, const Cle &cle,
                                   const OptionsLot &options) {
  const crypto::Entropy entropy = crypto::buffered(options.entropie ? options.entropie : crypto::system_entropy);
  const Model model(modele);
  std::vector<LigneLot> lines = lignes;
  if (std::vector<Diagnostic> found = prepare(lines, entropy); !found.empty())
    throw Error(std::move(found));
  std::vector<BadgeEmis> made;
  change_registers(options.emission.registres, [&](std::span<Registre *const> registers) {
    std::vector<std::string> texts;
    texts.reserve(lines.size());
    for (const LigneLot &line : lines) {
      texts.push_back(model.of(line, entropy));
      for (Registre *const one : registers)
        texts.back() = one->attester(texts.back(), entropy);
    }
    made = Signing(lines, texts, cle, options).run();
  });
  return made;
}

} // namespace spie::credentials
