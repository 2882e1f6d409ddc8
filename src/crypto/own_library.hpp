// Where the process carries a libcrypto that nobody else in it uses: the wheel that carries its libraries.
#pragma once

namespace spie::crypto {

// Keeps libcrypto from reading openssl.cnf and what it names: the settings of a machine are written for the OpenSSL of
// that machine, perhaps of another version. To be called before anything else of this folder. Never where libcrypto is
// shared with the host: it would take the host's own settings from it.
void leave_settings_of_the_machine();

} // namespace spie::crypto
