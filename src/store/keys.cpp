#include "store/keys.hpp"

#include "spie/diagnostic.hpp"
#include "spie/json.hpp"

namespace spie::store {

namespace {

constexpr std::string_view format = "spie-cle/1";

[[noreturn]] void refuse(std::string where) {
  throw Error({Code::store_key, Level::error, "this is not a key file", std::move(where),
               "Give the file that was made with the store."});
}

const std::string &text_of(const feel::Value &value, std::string_view key) {
  const feel::Value *found = value.is(feel::Kind::context) ? value.context().find(key) : nullptr;
  if (found == nullptr || !found->is(feel::Kind::text))
    refuse("/" + std::string(key));
  return found->text();
}

crypto::Key key_of(const feel::Value &value, std::string_view name) {
  crypto::Key key{};
  if (!crypto::from_hex(text_of(value, name), key))
    refuse("/" + std::string(name));
  return key;
}

std::string draw_key_id(const crypto::Entropy &entropy) {
  std::array<std::uint8_t, 8> bytes{};
  entropy(bytes);
  std::string id = crypto::hex(bytes);
  id[7] = static_cast<char>('a' + bytes[3] % 6); // thirteen digits in a row would be taken for a NIR
  return id;
}

} // namespace

Keys Keys::read(std::string_view text) {
  feel::Value value;
  try {
    value = read_json(text, "clé", {8, 1u << 16});
  } catch (const Error &) {
    refuse({});
  }
  if (text_of(value, "format") != format)
    refuse("/format");
  Keys keys;
  keys.id = text_of(value, "id");
  keys.nir = key_of(value, "nir");
  keys.chaine = key_of(value, "chaine");
  if (const feel::Value *older = value.context().find("anciennes"); older != nullptr) {
    if (!older->is(feel::Kind::list))
      refuse("/anciennes");
    for (const feel::Value &item : older->list())
      keys.anciennes.emplace_back(text_of(item, "id"), key_of(item, "nir"));
  }
  return keys;
}

Keys Keys::draw(const crypto::Entropy &entropy) {
  Keys keys;
  keys.id = draw_key_id(entropy);
  entropy(keys.nir);
  entropy(keys.chaine);
  return keys;
}

Keys Keys::rotated(const crypto::Entropy &entropy) const {
  Keys keys = *this;
  keys.anciennes.insert(keys.anciennes.begin(), {id, nir});
  keys.id = draw_key_id(entropy);
  entropy(keys.nir);
  return keys;
}

std::string Keys::write() const {
  feel::List older;
  for (const auto &[name, key] : anciennes)
    older.push_back(feel::Context{{"id", name}, {"nir", crypto::hex(key)}});
  return write_json(feel::Context{{"format", format},
                                  {"id", id},
                                  {"nir", crypto::hex(nir)},
                                  {"chaine", crypto::hex(chaine)},
                                  {"anciennes", std::move(older)}},
                    2) +
         "\n";
}

std::string Keys::check_value() const {
  return id + ":" + crypto::hex(crypto::hmac_sha256(nir, "spie.nir")) + ":" +
         crypto::hex(crypto::hmac_sha256(chaine, "spie.chaine"));
}

std::string draw_keys() { return Keys::draw(crypto::system_entropy).write(); }

std::string rotate_keys(std::string_view keys) { return Keys::read(keys).rotated(crypto::system_entropy).write(); }

} // namespace spie::store
