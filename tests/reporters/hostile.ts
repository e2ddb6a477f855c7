/** Text that a hostile or broken target might send, by what it attacks. */
export const hostile = {
  script: '<script>alert(1)</script><img src=x onerror=alert(2)>',
  terminal: '\u001b[31mred\u001b[0m\u001b]0;title\u0007\u009b2J\r\n\u0008back',
  xml: ']]> <!-- & <![CDATA[ \u0000 \uFFFE \uD800 end',
  markdown: '| a | ``` `x` [link](javascript:alert(1)) @everyone #1 <b>',
  bidi: 'user\u202Etxt.exe\u2066\u200B',
  ci: '::error::injected [[ATTACHMENT|/etc/passwd]] ##[group]',
  shell: `'; touch "$(id)" \`id\` $HOME \\ ! '' \\0101`,
  long: 'long '.repeat(2000),
} as const;
