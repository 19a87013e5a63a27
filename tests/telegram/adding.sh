# 1. In the folder of its topic, a file is a document. What stands in no file goes beside it into
#    NAME.meta.yaml; without that the document is called internal (内部资料，无出处).

cp 下载/海外仓补助申报指南.pdf corpus/financing/warehouse-grant.zh.pdf

cat > corpus/financing/warehouse-grant.zh.pdf.meta.yaml <<END
title: 云港市海外仓补助申报指南（2026年）
language: zh
as_of: 2026-11-02
valid_until: 2026-12-31
sources: [{publisher: 云港市商务局, published: 2026-11-02}]
END

mkdir corpus/policy && cp 下载/法律咨询安排.txt corpus/policy/

# 2. A new version lies where the old one did, under its name; the old one goes, in all its
#    languages: an English version of last year would contradict this year's.

rm corpus/financing/export-loan-interest.zh.md corpus/financing/export-loan-interest.en.md

cp 下载/贷款贴息2026.docx corpus/financing/export-loan-interest.zh.docx

cat > corpus/financing/export-loan-interest.zh.docx.meta.yaml <<END
title: 云港市出口企业贷款贴息（2026年）
language: zh
as_of: 2026-03-05
sources: [{publisher: 云港市商务局, published: 2026-03-05}]
END

! smebot corpus check

# 3. Built aside, and looked at: review.html is the same as a page.

smebot index build --no-publish

! smebot index diff --html review.html

# 4. One check asks for last year's sum. Until it is corrected, nothing is published.

! smebot index publish

sed -i 's/50万元/80万元/' corpus/checks/yungang.yaml

smebot index publish

# 5. Asked about.

smebot ask 出口企业贷款贴息最高多少？

smebot ask 海外仓补助什么时候截止？

smebot ask 每周几有法律咨询？

smebot check

# 6. Rolled back: what was served before is served again.

smebot index rollback --yes

smebot ask 出口企业贷款贴息最高多少？

smebot index log
