#include "credentials/selective.hpp"

#include "credentials/key_forms.hpp"
#include "credentials/multibase.hpp"
#include "text/base64.hpp"

#include <algorithm>
#include <utility>

namespace spie::credentials::selective {

namespace {

constexpr std::string_view base_header = "\xD9\x5D", derived = "\x01";
constexpr std::size_t most_signatures = 2'000, most_labels = 100'000;
constexpr std::size_t signature_size = 64, key_size = 35;

// CBOR (RFC 8949) as far as these proofs go: lengths are said first, in their shortest spelling.
class Reader {
public:
  Reader(std::string_view bytes, const std::string &where) : bytes_(bytes), where_(where) {}

  enum class Major : unsigned { whole = 0, bytes = 2, list = 4, map = 5 };

  std::uint64_t head(Major wanted) {
    const unsigned first = next();
    const unsigned info = first & 0x1FU;
    if (first >> 5U != static_cast<unsigned>(wanted) || info > 27)
      fault();
    if (info < 24)
      return info;
    std::uint64_t value = 0;
    const unsigned size = 1U << (info - 24);
    for (unsigned i = 0; i < size; ++i)
      value = value << 8U | next();
    const std::uint64_t least = size == 1 ? 24 : std::uint64_t{1} << (size * 4);
    if (value < least)
      fault();
    return value;
  }
  std::string bytes(std::size_t size) {
    if (head(Major::bytes) != size || bytes_.size() - at_ < size)
      fault();
    at_ += size;
    return std::string(bytes_.substr(at_ - size, size));
  }
  // Of items that take a byte each at least.
  std::size_t count(Major wanted, std::size_t most) {
    const std::uint64_t items = head(wanted);
    if (items > most)
      throw Error(
          {Code::badge_limit, Level::error, "a derived proof has more parts than " + std::to_string(most), where_});
    if (items > bytes_.size() - at_)
      fault();
    return static_cast<std::size_t>(items);
  }
  bool ended() const noexcept { return at_ == bytes_.size(); }

  [[noreturn]] void fault() const {
    throw Error({Code::badge_structure, Level::error, "proofValue is no derived proof of ecdsa-sd-2023", where_});
  }

private:
  unsigned next() {
    if (ended())
      fault();
    return static_cast<unsigned char>(bytes_[at_++]);
  }

  std::string_view bytes_;
  const std::string &where_;
  std::size_t at_ = 0;
};

// The statements as the issuer wrote them: blank nodes bear the labels that it gave, in the order of their lines.
// Nothing when it named them otherwise.
std::vector<std::string> relabelled(const Derived &proof, const rdf::Dataset &document, rdf::Work &work) {
  const rdf::Canonical canonical = rdf::canonical(document, rdf::Hash::sha256, work);
  if (canonical.labels.size() != proof.labels.size())
    return {};
  std::map<std::string, std::string> given;
  for (const auto &[own, label] : canonical.labels) {
    const auto found = proof.labels.find(label);
    if (found == proof.labels.end())
      return {};
    given[own] = found->second;
  }
  const auto rename = [&](rdf::Term term) {
    if (term.is_blank())
      term.value = given.at(term.value);
    return term;
  };
  std::vector<std::string> lines;
  lines.reserve(document.size());
  for (const rdf::Quad &quad : document)
    lines.push_back(rdf::nquad({rename(quad.subject), quad.predicate, rename(quad.object),
                                quad.graph ? std::optional(rename(*quad.graph)) : std::nullopt}));
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  return lines;
}

} // namespace

bool is_base(std::string_view bytes) noexcept {
  return bytes.starts_with(base_header) && bytes.size() > 2 && bytes[2] == '\0';
}

Derived read_derived(std::string_view bytes, const std::string &where) {
  using Major = Reader::Major;
  const bool marked = bytes.starts_with(base_header) && bytes.substr(base_header.size()).starts_with(derived);
  Reader reader(marked ? bytes.substr(base_header.size() + derived.size()) : std::string_view(), where);
  if (reader.count(Major::list, 5) != 5)
    reader.fault();
  Derived proof;
  proof.base_signature = reader.bytes(signature_size);
  proof.key = reader.bytes(key_size);
  for (std::size_t left = reader.count(Major::list, most_signatures); left > 0; --left)
    proof.signatures.push_back(reader.bytes(signature_size));
  std::set<std::string> labels; // two nodes of one name would be one
  for (std::size_t left = reader.count(Major::map, most_labels); left > 0; --left) {
    const std::string node = "c14n" + std::to_string(reader.head(Major::whole));
    const std::string label = to_multibase(reader.bytes(32), Multibase::base64url);
    if (!labels.insert(label).second || !proof.labels.emplace(node, label).second)
      reader.fault();
  }
  for (std::size_t left = reader.count(Major::list, most_labels); left > 0; --left)
    if (!proof.mandatory.insert(reader.head(Major::whole)).second)
      reader.fault();
  if (!reader.ended())
    reader.fault();
  return proof;
}

bool holds(const Derived &proof, const rdf::Dataset &document, std::string_view options_hash,
           const crypto::PublicKey &issuer, rdf::Work &work) {
  const crypto::PublicKey key = read_multikey(to_multibase(proof.key, Multibase::base58btc));
  if (key.kind() != crypto::KeyKind::p256)
    throw crypto::KeyError("the key made for the badge is not of P-256",
                           "la clé faite pour le badge n’est pas une P-256");
  const std::vector<std::string> lines = relabelled(proof, document, work);
  if (proof.mandatory.size() + proof.signatures.size() != lines.size() ||
      (!proof.mandatory.empty() && *proof.mandatory.rbegin() >= lines.size()))
    return false;
  std::string always;
  std::vector<const std::string *> others;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (proof.mandatory.contains(i))
      always += lines[i];
    else
      others.push_back(&lines[i]);
  }
  std::string covered(options_hash);
  covered += proof.key;
  covered += crypto::view(crypto::sha256(always));
  if (!issuer.verify(covered, proof.base_signature))
    return false;
  if (work.signatures < others.size())
    throw Error(
        {Code::badge_limit, Level::error, "the badge and what it holds sign more statements than a badge may", {}});
  work.signatures -= others.size();
  for (std::size_t i = 0; i < others.size(); ++i)
    if (!key.verify(*others[i], proof.signatures[i]))
      return false;
  return true;
}

} // namespace spie::credentials::selective
